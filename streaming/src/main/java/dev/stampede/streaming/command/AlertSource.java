package dev.stampede.streaming.command;

import dev.stampede.stamps.npy.StampFile;
import dev.stampede.stamps.simulate.SimulationSettings;
import dev.stampede.stamps.simulate.Simulator;
import dev.stampede.stamps.stamp.CoaddKind;
import dev.stampede.stamps.terminal.CommandFailure;
import dev.stampede.streaming.publish.StampAlertWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.LongFunction;

/**
 * Alerts to send, numbered from 0 on.
 *
 * @param count how many there are
 * @param key the key of the record of each
 * @param value its value
 * @param closing frees what they come from
 */
record AlertSource(long count, LongFunction<String> key, LongFunction<byte[]> value, Runnable closing)
        implements AutoCloseable {
    /** What the channels of a file are, as KBMOD writes them. */
    private static final List<CoaddKind> FILE_ORDER =
            List.of(CoaddKind.MEDIAN, CoaddKind.MEAN, CoaddKind.SUM, CoaddKind.WEIGHTED);

    /** {@code count} simulated stamps, one median coadd each, that follow from {@code seed}. */
    static AlertSource simulated(long count, long seed) {
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

    /** The stamps of a {@code .npy} file; throws {@link CommandFailure} where it has too many channels. */
    static AlertSource stamps(Path file) {
        StampFile stamps = StampFile.open(file);
        if (stamps.channels() > FILE_ORDER.size()) {
            stamps.close();
            throw CommandFailure.failed(file + " has stamps of " + stamps.channels() + " channels; an alert carries "
                    + FILE_ORDER.size() + " at most");
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

    /** Packets in files and folders, their bytes as they are; the key is the name of the file. */
    static AlertSource packets(List<Path> inputs) {
        List<Path> files = PacketOptions.files(inputs);
        if (files.isEmpty()) {
            throw CommandFailure.failed("There is no packet, no file *.avro, in " + inputs);
        }
        return new AlertSource(
                files.size(),
                number -> name(files.get((int) number), "avro"),
                number -> PacketOptions.read(files.get((int) number)),
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
