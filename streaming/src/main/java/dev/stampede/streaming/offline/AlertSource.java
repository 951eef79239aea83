package dev.stampede.streaming.offline;

import dev.stampede.schemas.StampAlert;
import dev.stampede.stamps.error.FileAccessException;
import dev.stampede.stamps.error.StampedeException;
import dev.stampede.stamps.file.Sha256;
import dev.stampede.stamps.npy.StampReading;
import dev.stampede.stamps.results.StampSource;
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
     * The stamps of arrays and tables as alerts, and the alerts of packets unchanged with the file name as key, each as one
     * record, in the order of {@code files}. Packets are read in this order only.
     *
     * @param reading how the stamps are read; with planes, these are the planes of each stamp, in order; without, they have
     *     the planes that a table names, or those of an array in the order in which KBMOD writes coadds
     * @param names the columns of fields in tables that have another name than the field
     * @param skipped receives the files in archives that are not read
     * @throws StampedeException if a file cannot be read, or its stamps have another number of planes
     */
    public static AlertSource files(
            List<Path> files, StampReading reading, Map<String, String> names, SkippedFiles skipped) {
        NavigableMap<Long, AlertSource> byFirst = new TreeMap<>();
        long count = 0;
        for (Path file : files) {
            AlertSource source =
                    InputFiles.isArray(file) ? stamps(file, reading, names) : PacketAlerts.source(file, skipped);
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

    private static AlertSource stamps(Path file, StampReading reading, Map<String, String> names) {
        return StampSource.isTable(file)
                ? stamps(file, reading, AlertTable.open(file, names))
                : stamps(file, StampSource.open(file, reading), reading, ids(file), (number, alert) -> {});
    }

    /**
     * The stamps of an array or a table as alerts with the fields of {@code table}, which is closed with them.
     *
     * @throws dev.stampede.stamps.error.InvalidInputException if the table does not fit the stamps
     * @throws StampedeException if a file cannot be read, or the stamps have another number of planes
     */
    public static AlertSource stamps(Path file, StampReading reading, AlertTable table) {
        try {
            StampSource stamps = StampSource.open(file, reading);
            try {
                table.requireRows(stamps.size());
                LongFunction<String> generated = ids(file);
                LongFunction<String> ids = number -> table.alertId(number).orElseGet(() -> generated.apply(number));
                AlertSource source = stamps(file, stamps, reading, ids, table::fill);
                return new AlertSource(source.count(), source.key(), source.value(), () -> {
                    source.close();
                    table.close();
                });
            } catch (RuntimeException failure) {
                stamps.close();
                throw failure;
            }
        } catch (RuntimeException failure) {
            table.close();
            throw failure;
        }
    }

    private static AlertSource stamps(
            Path file,
            StampSource stamps,
            StampReading reading,
            LongFunction<String> ids,
            BiConsumer<Long, StampAlert> fields) {
        List<Plane> planes = planes(file, stamps, reading);
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

    private static List<Plane> planes(Path file, StampSource stamps, StampReading reading) {
        int count = stamps.planes();
        List<Plane> order = Plane.COADDS;
        if (!reading.planes().isEmpty()) {
            order = reading.planes();
        } else if (!stamps.namedPlanes().isEmpty()) {
            order = stamps.namedPlanes();
        } else if (reading.coadd().isPresent() && count == 1) {
            order = List.of(reading.coadd().get().plane());
        } else if (StampSource.isTable(file)) {
            stamps.close();
            throw new StampedeException(
                    file + " has stamps whose column does not state which coadd they are; name it with"
                            + " --planes, such as --planes mean.");
        }
        if (reading.planes().isEmpty() ? count > order.size() : count != order.size()) {
            stamps.close();
            throw new StampedeException(file + " has stamps of " + count + " planes, not " + Plane.names(order)
                    + "; name them in order with --planes");
        }
        return order.subList(0, count);
    }

    /**
     * Ids of the stamps of a file, from its name, its content and the index: the same file gets the same ids, and another
     * file of the same name gets others.
     */
    private static LongFunction<String> ids(Path file) {
        try {
            String name = name(file, "[a-z0-9]+") + "-" + Sha256.of(file).substring(0, DIGEST_DIGITS);
            return number -> id(name, number);
        } catch (IOException e) {
            throw FileAccessException.reading(file, e);
        }
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
