package dev.stampede.benchmarks.packets;

import dev.stampede.commandline.CommandException;
import dev.stampede.commandline.ProgressBar;
import dev.stampede.stamps.stamp.Plane;
import dev.stampede.stamps.stamp.Stamp;
import dev.stampede.streaming.packet.Alert;
import dev.stampede.streaming.packet.AlertDecoder;
import dev.stampede.streaming.packet.DeadLetter;
import dev.stampede.streaming.packet.Decoded;
import dev.stampede.streaming.packet.PacketInput;
import dev.stampede.systemtests.harness.Results;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;

/**
 * Decodes packets to stamps on one thread: many of them while the heap is monitored, then in alternating rounds with
 * plain reading. Rates are per second of CPU time of the thread, so that other load affects both alike.
 */
final class PacketBench {
    static final int MAX_PACKET_BYTES = 1 << 20;
    private static final int HEAP_SAMPLES = 20;
    private static final int ROUNDS = 5;
    private static final double MEBIBYTE = 1 << 20;
    /** Growth that the JVM itself causes; three bytes retained of each of a million messages are more. */
    private static final double NOISE_MEBIBYTES = 2;

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final List<byte[]> packets;
    private final AlertDecoder decoder;
    private int next;

    private PacketBench(List<byte[]> packets, AlertDecoder decoder) {
        this.packets = packets;
        this.decoder = decoder;
    }

    /** The result, by its names in the JSON. */
    record Result(
            int packets,
            long meanPacketBytes,
            long maxHeapMebibytes,
            long messages,
            double messagesPerCpuSecond,
            List<Double> heapAfterCollectionMebibytes,
            double heapGrowthMebibytes,
            boolean heapIsFlat,
            double stampedePerCpuSecond,
            double plainPerCpuSecond,
            double ratio) {}

    /** Measures {@code packets}, which are of ZTF or have their layout. */
    static Result run(List<byte[]> packets, long messages, double secondsPerRound) {
        AlertDecoder decoder = newDecoder();
        return new PacketBench(packets, decoder).run(messages, secondsPerRound);
    }

    static AlertDecoder newDecoder() {
        return PacketInput.standard(MAX_PACKET_BYTES).newDecoder(List.of(Plane.MEDIAN));
    }

    private Result run(long messages, double secondsPerRound) {
        List<Double> heap = new ArrayList<>();
        long start = THREADS.getCurrentThreadCpuTime();
        try (ProgressBar progress = ProgressBar.of("Decoding", messages)) {
            long done = 0;
            for (int sample = 1; sample <= HEAP_SAMPLES; sample++) {
                for (; done < messages * sample / HEAP_SAMPLES; done++) {
                    decodeNext();
                    progress.advance(1);
                }
                System.gc();
                Runtime runtime = Runtime.getRuntime();
                heap.add((runtime.totalMemory() - runtime.freeMemory()) / MEBIBYTE);
            }
        }
        double seconds = (THREADS.getCurrentThreadCpuTime() - start) / 1e9;
        double growth = heap.get(heap.size() - 1) - heap.get(heap.size() / 4); // the first quarter is the warm-up
        PlainPackets plain = new PlainPackets(packets);
        List<Double> ours = new ArrayList<>();
        List<Double> theirs = new ArrayList<>();
        for (int round = 0; round <= ROUNDS; round++) {
            ours.add(rate(this::decodeNext, secondsPerRound));
            theirs.add(rate(plain::readNext, secondsPerRound));
        }
        double our = Results.median(ours.stream().skip(1).mapToDouble(rate -> rate)); // the first warms up
        double their = Results.median(theirs.stream().skip(1).mapToDouble(rate -> rate));
        return new Result(
                packets.size(),
                Math.round(packets.stream()
                        .mapToInt(packet -> packet.length)
                        .average()
                        .orElse(0)),
                Runtime.getRuntime().maxMemory() >> 20,
                messages,
                messages / seconds,
                heap,
                growth,
                growth < NOISE_MEBIBYTES,
                our,
                their,
                our / their);
    }

    private void decodeNext() {
        next = (next + 1) % packets.size();
        decode(decoder, packets.get(next));
    }

    static Stamp decode(AlertDecoder decoder, byte[] packet) {
        Decoded decoded = decoder.decode(packet);
        if (decoded instanceof DeadLetter letter) {
            throw CommandException.failed("Cannot decode a packet: " + letter.error() + ", " + letter.message());
        }
        return ((Alert) decoded).stamp().orElseThrow(() -> CommandException.failed("A packet contains no stamp"));
    }

    private static double rate(Runnable step, double seconds) {
        long start = THREADS.getCurrentThreadCpuTime();
        long limit = start + (long) (seconds * 1e9);
        long count = 0;
        long now = start;
        while (now < limit) {
            for (int i = 0; i < 100; i++) {
                step.run();
            }
            count += 100;
            now = THREADS.getCurrentThreadCpuTime();
        }
        return count / ((now - start) / 1e9);
    }
}
