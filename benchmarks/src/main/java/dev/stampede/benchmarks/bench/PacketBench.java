package dev.stampede.benchmarks.bench;

import dev.stampede.stamps.stamp.CoaddKind;
import dev.stampede.stamps.terminal.CommandFailure;
import dev.stampede.stamps.terminal.Progress;
import dev.stampede.streaming.packet.Alert;
import dev.stampede.streaming.packet.AlertDecoder;
import dev.stampede.streaming.packet.DeadLetter;
import dev.stampede.streaming.packet.Packet;
import dev.stampede.streaming.packet.PacketInput;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Packets to stamps on one thread: many of them with an eye on the heap, then their rate beside that of the plain
 * reading, in turns. Rates are per second of the thread's own time on a core, so that a busy machine disturbs both alike.
 */
final class PacketBench {
    private static final int MAX_PACKET_BYTES = 1 << 20;
    private static final int HEAP_NOTES = 20;
    private static final int ROUNDS = 5;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final List<byte[]> packets;
    private final long messages;
    private final double secondsOfARound;
    private int next;

    /** @param packets ZTF's, or like them; at least one */
    PacketBench(List<byte[]> packets, long messages, double secondsOfARound) {
        this.packets = packets;
        this.messages = messages;
        this.secondsOfARound = secondsOfARound;
    }

    /** The figures by name. */
    Map<String, Object> run() {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("packets", packets.size());
        figures.put(
                "meanPacketBytes",
                Math.round(packets.stream()
                        .mapToInt(packet -> packet.length)
                        .average()
                        .orElse(0)));
        figures.put("maxHeapMebibytes", Runtime.getRuntime().maxMemory() >> 20);
        try (AlertDecoder decoder = PacketInput.standard(MAX_PACKET_BYTES).newDecoder(List.of(CoaddKind.MEDIAN))) {
            watchTheHeap(decoder, figures);
            compare(decoder, figures);
        }
        return figures;
    }

    private void watchTheHeap(AlertDecoder decoder, Map<String, Object> figures) {
        HeapTrack heap = new HeapTrack();
        long start = THREADS.getCurrentThreadCpuTime();
        try (Progress progress = Progress.of("Decoding", messages)) {
            long done = 0;
            for (int note = 1; note <= HEAP_NOTES; note++) {
                for (; done < messages * note / HEAP_NOTES; done++) {
                    decode(decoder);
                    progress.advance(1);
                }
                heap.note();
            }
        }
        double seconds = (THREADS.getCurrentThreadCpuTime() - start) / 1e9;
        figures.put("messages", messages);
        figures.put("messagesPerCpuSecond", Figures.rounded(messages / seconds));
        figures.put("heapAfterCollectionMebibytes", heap.mebibytes());
        figures.put("heapGrowthMebibytes", heap.growthMebibytes());
        figures.put("heapIsFlat", heap.isFlat());
    }

    private void compare(AlertDecoder decoder, Map<String, Object> figures) {
        PlainPackets plain = new PlainPackets(packets);
        List<Double> ours = new ArrayList<>();
        List<Double> theirs = new ArrayList<>();
        for (int round = 0; round <= ROUNDS; round++) {
            double our = rate(() -> decode(decoder));
            double their = rate(plain::readNext);
            if (round > 0) { // the first warms up
                ours.add(our);
                theirs.add(their);
            }
        }
        double our = StreamBench.median(ours);
        double their = StreamBench.median(theirs);
        figures.put("stampedePerCpuSecond", Figures.rounded(our));
        figures.put("plainPerCpuSecond", Figures.rounded(their));
        figures.put("ratio", Figures.rounded(our / their));
    }

    private void decode(AlertDecoder decoder) {
        next = (next + 1) % packets.size();
        Packet packet = decoder.decode(packets.get(next));
        if (packet instanceof DeadLetter letter) {
            throw CommandFailure.failed("A packet cannot be read: " + letter.error() + ", " + letter.message() + ".");
        }
        if (((Alert) packet).stamp().isEmpty()) {
            throw CommandFailure.failed("A packet gave no stamp.");
        }
    }

    private double rate(Runnable step) {
        long start = THREADS.getCurrentThreadCpuTime();
        long limit = start + (long) (secondsOfARound * 1e9);
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
