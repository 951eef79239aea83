package dev.stampede.benchmarks.bench;

import dev.stampede.training.dataset.Examples;
import dev.stampede.training.network.Network;

/**
 * What both engines do: fit {@code network} to {@code examples} with Adam, from weights of their own.
 *
 * @param threads of the engine, at least 1
 */
record FitTask(Network network, Examples examples, double learningRate, int threads, long seed) {}
