package dev.stampede.streaming.offline;

import dev.stampede.schemas.StampAlert;
import dev.stampede.stamps.error.FileAccessException;
import dev.stampede.stamps.error.StampedeException;
import dev.stampede.stamps.file.Sha256;
import dev.stampede.stamps.npy.StampFile;
import dev.stampede.stamps.simulate.SimulationSettings;
import dev.stampede.stamps.simulate.Simulator;
import dev.stampede.stamps.stamp.Plane;
import dev.stampede.streaming.packet.StampAlertWriter;
import dev.stampede.streaming.wire.SingleObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
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
    /** Of 16^8 digests, those of ten thousand files differ with a probability of 99 %. */
    private static final int DIGEST_DIGITS = 8;

    /** Simulated stamps of one median coadd each. */
    public static AlertSource simulated(long count, long seed) {
        List<Plane> kinds = List.of(Plane.MEDIAN);
        Simulator simulator = Simulator.of(SimulationSettings.standard().withPlanes(kinds), seed);
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
     * The stamps of arrays as alerts, and the alerts of packets unchanged with the file name as key, each in a separate
     * record, in the order of {@code files}. Packets are read in this order only.
     *
     * @param skipped receives the files in archives that are not read
     * @param planes the planes of the arrays, in order; empty for the order in which KBMOD writes coadds
     * @throws StampedeException if a file cannot be read, or its stamps have another number of planes
     */
    public static AlertSource files(List<Path> files, List<Plane> planes, SkippedFiles skipped) {
        NavigableMap<Long, AlertSource> byFirst = new TreeMap<>();
        long count = 0;
        for (Path file : files) {
            AlertSource source = InputFiles.isArray(file) ? stamps(file, planes) : PacketAlerts.source(file, skipped);
            byFirst.put(count, source);
            count += source.count();
        }
        return new AlertSource(
                count,
                number -> part(byFirst, number, (source, inside) -> source.key().apply(inside)),
                number ->
                        part(byFirst, number, (source, inside) -> source.value().apply(inside)),
                () -> byFirst.values().forEach(AlertSource::close));
    }

    /** What {@code read} gives for an alert of all, counted within its own source. */
    private static <T> T part(
            NavigableMap<Long, AlertSource> byFirst, long number, BiFunction<AlertSource, Long, T> read) {
        Map.Entry<Long, AlertSource> part = byFirst.floorEntry(number);
        return read.apply(part.getValue(), number - part.getKey());
    }

    /**
     * The stamps of an array as alerts with the fields of a table.
     *
     * @throws dev.stampede.stamps.error.InvalidInputException if the table is not valid for the stamps
     * @throws StampedeException if a file cannot be read, or the stamps have another number of planes
     */
    public static AlertSource stamps(Path file, List<Plane> planes, Path table) {
        StampFile stamps = StampFile.open(file);
        try {
            AlertTable fields = AlertTable.read(table, stamps.size());
            LongFunction<String> generated = ids(file);
            LongFunction<String> ids =
                    number -> Objects.requireNonNullElseGet(fields.alertId(number), () -> generated.apply(number));
            return stamps(file, stamps, planes, ids, fields::fill);
        } catch (RuntimeException failure) {
            stamps.close();
            throw failure;
        }
    }

    private static AlertSource stamps(Path file, List<Plane> planes) {
        return stamps(file, StampFile.open(file), planes, ids(file), (number, alert) -> {});
    }

    private static AlertSource stamps(
            Path file,
            StampFile stamps,
            List<Plane> named,
            LongFunction<String> ids,
            BiConsumer<Long, StampAlert> fields) {
        List<Plane> order = named.isEmpty() ? Plane.COADDS : named;
        int count = stamps.planes();
        if (named.isEmpty() ? count > order.size() : count != order.size()) {
            stamps.close();
            throw new StampedeException(file + " has stamps of " + count + " planes, not " + Plane.names(order)
                    + "; name them in order with --planes");
        }
        List<Plane> planes = order.subList(0, count);
        return new AlertSource(
                stamps.size(),
                ids,
                number -> {
                    StampAlert alert = StampAlertWriter.alert(ids.apply(number), "FILE", planes, stamps.stamp(number));
                    fields.accept(number, alert);
                    return SingleObject.write(alert);
                },
                stamps::close);
    }

    /**
     * Ids of the stamps of a file, from its name, its content and the index: the same file gets the same ids, and another
     * file of the same name gets others.
     */
    private static LongFunction<String> ids(Path file) {
        try {
            String name = name(file) + "-" + Sha256.of(file).substring(0, DIGEST_DIGITS);
            return number -> id(name, number);
        } catch (IOException e) {
            throw FileAccessException.reading(file, e);
        }
    }

    private static String id(String name, long number) {
        return String.format(Locale.ROOT, "%s-%010d", name, number);
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName()).replaceFirst("\\.npy$", "");
    }

    @Override
    public void close() {
        closing.run();
    }
}
