package dev.stampede.training.fit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The epochs of a fit as a table, one row each. */
public final class History {
    private static final String HEADER = "epoch,fitting_loss,validation_loss,validation_accuracy,stamps_per_second";

    private History() {}

    /** Writes the table to {@code file}. */
    public static void write(List<Epoch> epochs, Path file) throws IOException {
        String table = Stream.concat(Stream.of(HEADER), epochs.stream().map(History::row))
                .collect(Collectors.joining("\n", "", "\n"));
        Files.writeString(file, table);
    }

    private static String row(Epoch epoch) {
        return String.format(
                Locale.ROOT,
                "%d,%.6f,%.6f,%.6f,%.1f",
                epoch.number(),
                epoch.fittingLoss(),
                epoch.validationLoss(),
                epoch.validationAccuracy(),
                epoch.stampsPerSecond());
    }
}
