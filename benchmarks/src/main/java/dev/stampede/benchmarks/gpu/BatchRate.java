package dev.stampede.benchmarks.gpu;

/**
 * The throughput of a model at one batch size, stamps per second, without normalisation.
 *
 * @param perSecond with tensors that are created once and outputs that are bound to them, as in the stream
 * @param newTensorsPerSecond with new tensors for each run
 * @param cpuPerSecond as the first on the CPU, with one thread per core
 * @param ratioToCpu the first divided by the last
 */
record BatchRate(
        String model, int batch, long perSecond, long newTensorsPerSecond, long cpuPerSecond, double ratioToCpu) {}
