package dev.stampede.streaming.offline;

import dev.stampede.stamps.error.StampedeException;
import dev.stampede.stamps.npy.StampFile;
import dev.stampede.stamps.simulate.SimulationSettings;
import dev.stampede.stamps.simulate.Simulator;
import dev.stampede.stamps.stamp.Plane;
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
    /** The planes of a file in the order in which KBMOD writes them. */
    private static final List<Plane> FILE_ORDER = List.of(Plane.MEDIAN, Plane.MEAN, Plane.SUM, Plane.WEIGHTED);

    /** Simulated stamps of one median coadd each. */
    public static AlertSource simulated(long count, long seed) {
        List<Plane> kinds = List.of(Plane.MEDIAN);
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
     * @param named the planes of the file, in order; empty for the order in which KBMOD writes coadds
     * @throws StampedeException if they have another number of planes
     */
    public static AlertSource stamps(Path file, List<Plane> named) {
        StampFile stamps = StampFile.open(file);
        List<Plane> order = named.isEmpty() ? FILE_ORDER : named;
        if (named.isEmpty() ? stamps.planes() > order.size() : stamps.planes() != order.size()) {
            int count = stamps.planes();
            stamps.close();
            throw new StampedeException(file + " has stamps of " + count + " planes, not " + Plane.names(order)
                    + "; name them in order with --planes");
        }
        List<Plane> planes = order.subList(0, stamps.planes());
        String name = name(file, "npy");
        LongFunction<String> ids = number -> id(name, number);
        return new AlertSource(
                stamps.size(),
                ids,
                number -> StampAlertWriter.write(ids.apply(number), "FILE", planes, stamps.stamp(number)),
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
