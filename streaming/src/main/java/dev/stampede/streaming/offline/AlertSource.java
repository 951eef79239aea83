package dev.stampede.streaming.offline;

import dev.stampede.stamps.error.StampedeException;
import dev.stampede.stamps.npy.StampFile;
import dev.stampede.stamps.simulate.SimulationSettings;
import dev.stampede.stamps.simulate.Simulator;
import dev.stampede.stamps.stamp.CoaddKind;
import dev.stampede.streaming.packet.StampAlertWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.LongFunction;

/**
 * Alerts to send, numbered from 0.
 *
 * @param key the record key of each
 * @param value the record value of each
 * @param closing releases the resources
 */
public record AlertSource(long count, LongFunction<String> key, LongFunction<byte[]> value, Runnable closing)
        implements AutoCloseable {
    /** The channels of a file in the order in which KBMOD writes them. */
    private static final List<CoaddKind> FILE_ORDER =
            List.of(CoaddKind.MEDIAN, CoaddKind.MEAN, CoaddKind.SUM, CoaddKind.WEIGHTED);

    /** Simulated stamps of one median coadd each. */
    public static AlertSource simulated(long count, long seed) {
        List<CoaddKind> kinds = List.of(CoaddKind.MEDIAN);
        Simulator simulator = Simulator.of(SimulationSettings.standard().withCoadds(kinds), seed);
        LongFunction<String> ids = number -> id("simulated-" + seed, number);
        return new AlertSource(
                count,
                ids,
                number -> StampAlertWriter.write(
                        ids.apply(number),
                        "SIMULATED",
                        kinds,
                        simulator.candidate(number).stamp()),
                () -> {});
    }

    /**
     * The stamps of a {@code .npy} file.
     *
     * @throws StampedeException if they have too many channels
     */
    public static AlertSource stamps(Path file) {
        StampFile stamps = StampFile.open(file);
        if (stamps.channels() > FILE_ORDER.size()) {
            stamps.close();
            throw new StampedeException(file + " has stamps of " + stamps.channels()
                    + " channels; an alert has a maximum of " + FILE_ORDER.size());
        }
        List<CoaddKind> kinds = FILE_ORDER.subList(0, stamps.channels());
        String name = name(file, "npy");
        LongFunction<String> ids = number -> id(name, number);
        return new AlertSource(
                stamps.size(),
                ids,
                number -> StampAlertWriter.write(ids.apply(number), "FILE", kinds, stamps.stamp(number)),
                stamps::close);
    }

    /** Packets in files and folders, unchanged; the key is the file name. */
    public static AlertSource packets(List<Path> inputs) {
        List<Path> files = PacketFiles.list(inputs);
        if (files.isEmpty()) {
            throw new StampedeException("Found no packet (*.avro) in " + inputs);
        }
        return new AlertSource(
                files.size(),
                number -> name(files.get((int) number), "avro"),
                number -> PacketFiles.read(files.get((int) number)),
                () -> {});
    }

    private static String id(String name, long number) {
        return String.format(Locale.ROOT, "%s-%010d", name, number);
    }

    private static String name(Path file, String extension) {
        return String.valueOf(file.getFileName()).replaceFirst("\\." + extension + "$", "");
    }

    @Override
    public void close() {
        closing.run();
    }
}
