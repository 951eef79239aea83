package dev.stampede.streaming.offline;

import dev.stampede.stamps.error.FileAccessException;
import dev.stampede.stamps.error.StampedeException;
import dev.stampede.stamps.npy.NpyFormatException;
import dev.stampede.stamps.npy.StampReading;
import dev.stampede.stamps.results.FeatureColumns;
import dev.stampede.stamps.results.FieldTable;
import dev.stampede.stamps.results.StampRow;
import dev.stampede.stamps.results.StampSource;
import dev.stampede.stamps.stamp.Stamp;
import dev.stampede.streaming.packet.AlertDecoder;
import dev.stampede.streaming.packet.Decoded;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads the candidates in arrays, tables and packets, and passes their stamps to a model in batches. Not thread-safe. */
public final class StampReader implements AutoCloseable {
    private final Optional<AlertDecoder> decoder;
    private final StampReading reading;
    private final Optional<AlertTable> table;
    private final BiFunction<Stamp, Path, Stamp> planes;
    private final SkippedFiles skipped;

    /**
     * @param decoder decodes packets; empty if only arrays and tables are read
     * @param reading how the stamps of arrays and tables are read
     * @param table the ids of the stamps of the only array, if it has a table; closed with the reader
     * @param planes selects the planes of a stamp of an array; its file is for messages
     * @param skipped receives the files in archives that are not read
     */
    public StampReader(
            Optional<AlertDecoder> decoder,
            StampReading reading,
            Optional<AlertTable> table,
            BiFunction<Stamp, Path, Stamp> planes,
            SkippedFiles skipped) {
        this.decoder = decoder;
        this.reading = reading;
        this.table = table;
        this.planes = planes;
        this.skipped = skipped;
    }

    /** Candidates in order. */
    @FunctionalInterface
    public interface Source {
        void forEach(Consumer<FileStamp> sink);

        /** The same candidates, of one array, with the features in the rows of {@code table}. */
        default Source withFeatures(FieldTable table) {
            return sink -> forEach(candidate -> sink.accept(candidate.withFeatures(
                    FeatureColumns.of(table.row(candidate.index()).cells()))));
        }
    }

    /** Receives a candidate and the result of the model for its stamp; null without a stamp. */
    @FunctionalInterface
    public interface Sink<R> {
        void accept(FileStamp candidate, @Nullable R result);
    }

    /**
     * All candidates of {@code files}. A file among several that cannot be read is one failed candidate; if it is the only
     * one, its exception is thrown.
     */
    public Source all(List<Path> files) {
        return until(() -> false, files);
    }

    /** The candidates of {@code files} as {@link #all}, but no packet or stamp is read once {@code isComplete}. */
    public Source until(BooleanSupplier isComplete, List<Path> files) {
        return sink -> files.forEach(file -> {
            try {
                read(file, isComplete, sink);
            } catch (NpyFormatException | StampedeException failure) {
                if (files.size() == 1) {
                    throw failure;
                }
                sink.accept(FileStamp.unreadable(file.toString(), failure));
            }
        });
    }

    /** The stamps at {@code indices} of one array, in that order. */
    public Source chosen(Path array, List<Long> indices) {
        return sink -> {
            try (StampSource stamps = open(array)) {
                for (long index : indices) {
                    sink.accept(read(array, stamps, index));
                }
            }
        };
    }

    private void read(Path file, BooleanSupplier isComplete, Consumer<FileStamp> sink) {
        if (isComplete.getAsBoolean()) {
            return;
        }
        if (InputFiles.isArray(file)) {
            readArray(file, isComplete, sink);
        } else {
            readPackets(file, isComplete, sink);
        }
    }

    private void readArray(Path file, BooleanSupplier isComplete, Consumer<FileStamp> sink) {
        try (StampSource stamps = open(file)) {
            for (long index = 0; index < stamps.size() && !isComplete.getAsBoolean(); index++) {
                sink.accept(read(file, stamps, index));
            }
        }
    }

    private StampSource open(Path file) {
        StampSource stamps = StampSource.open(file, reading);
        try {
            table.ifPresent(fields -> fields.requireRows(stamps.size()));
            return stamps;
        } catch (RuntimeException failure) {
            stamps.close();
            throw failure;
        }
    }

    private FileStamp read(Path file, StampSource stamps, long index) {
        StampRow row = stamps.row(index);
        String id = table.isPresent()
                ? table.get().alertId(index).orElse(null)
                : row.id().orElse(null);
        Stamp stamp = planes.apply(row.stamp(), file);
        return FileStamp.of(
                file.toString(),
                index,
                id,
                table.map(fields -> stamp.withFeatures(fields.features(index))).orElse(stamp));
    }

    private void readPackets(Path file, BooleanSupplier isComplete, Consumer<FileStamp> sink) {
        AlertDecoder decoding = decoder.orElseThrow();
        try (PacketFile packets = PacketFile.open(file, skipped)) {
            Consumer<FileAccessException> damaged =
                    failure -> sink.accept(FileStamp.unreadable(packets.name(), failure));
            String name = file.toString();
            long index = 0;
            while (!isComplete.getAsBoolean()) {
                Optional<byte[]> packet = packets.next(damaged);
                if (packet.isEmpty()) {
                    break;
                }
                index = packets.name().equals(name) ? index : 0;
                name = packets.name();
                for (Decoded alert : decoding.decode(packet.get()).parts()) {
                    sink.accept(FileStamp.of(name, index++, alert));
                }
            }
        }
    }

    /**
     * Applies a model to all stamps of {@code source}.
     *
     * @param batch the maximum number of stamps in one call of {@code model}
     * @param model one result for each stamp, in order
     * @param sink receives all candidates in order
     */
    public static <R> void apply(Source source, int batch, Function<List<Stamp>, List<R>> model, Sink<R> sink) {
        List<FileStamp> pending = new ArrayList<>();
        source.forEach(candidate -> {
            pending.add(candidate);
            if (pending.size() == batch) {
                flush(pending, model, sink);
            }
        });
        flush(pending, model, sink);
    }

    private static <R> void flush(List<FileStamp> pending, Function<List<Stamp>, List<R>> model, Sink<R> sink) {
        List<Stamp> stamps = new ArrayList<>();
        for (FileStamp candidate : pending) {
            if (candidate.stamp() != null) {
                stamps.add(candidate.stamp());
            }
        }
        List<R> results = model.apply(stamps);
        int next = 0;
        for (FileStamp candidate : pending) {
            sink.accept(candidate, candidate.stamp() == null ? null : Objects.requireNonNull(results.get(next++)));
        }
        pending.clear();
    }

    /** The number of candidates in {@code files}; 1 for a file that cannot be read. */
    public long count(List<Path> files) {
        return files.stream().mapToLong(this::count).sum();
    }

    private long count(Path file) {
        if (!Files.isRegularFile(file)) { // a pipe can be read only once
            return 1;
        }
        try {
            return InputFiles.isArray(file) ? stamps(file) : PacketAlerts.count(file);
        } catch (NpyFormatException | StampedeException failure) {
            return 1; // reported when it is read
        }
    }

    private long stamps(Path file) {
        try (StampSource stamps = StampSource.open(file, reading)) {
            return stamps.size();
        }
    }

    @Override
    public void close() {
        table.ifPresent(AlertTable::close);
    }
}
