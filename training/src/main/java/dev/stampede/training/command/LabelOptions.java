package dev.stampede.training.command;

import dev.stampede.stamps.terminal.CommandFailure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** Where the labelled stamps of a retraining come from: folders, or topics by way of an archive. */
final class LabelOptions {
    @ArgGroup(multiplicity = "1")
    private Origin origin = new Origin();

    private static final class Origin {
        @Option(
                names = "--data",
                paramLabel = "DATA",
                description = "An archive, or any other labelled stamps that train reads; may come more than once.")
        private List<Path> data = List.of();

        @Option(
                names = "--config",
                paramLabel = "FILE",
                description =
                        "The settings of the stream: its labelled alerts are archived first, beside the model file,"
                                + " as NAME.archive.")
        private @Nullable Path config;
    }

    @Option(names = "--from", paramLabel = "TIME", description = "Of the archive, with --config.")
    private @Nullable String from;

    @Option(names = "--to", paramLabel = "TIME", description = "Of the archive, with --config.")
    private @Nullable String to;

    @Option(names = "--labels-to", paramLabel = "TIME", description = "Of the archive, with --config.")
    private @Nullable String labelsTo;

    /**
     * The data sets; the archive is written where it is not there.
     *
     * @param archive where the archive of {@code --config} goes
     * @param resumes whether one that is there already is taken as it is
     */
    List<Path> data(Path archive, boolean resumes) {
        Path settings = origin.config;
        if (settings == null) {
            if (from != null || to != null || labelsTo != null) {
                throw CommandFailure.usage("--from, --to and --labels-to are of an archive: they need --config.");
            }
            return origin.data;
        }
        if (!Files.exists(archive)) {
            ArchiveProcess.run(options(settings), archive);
        } else if (!resumes) {
            throw CommandFailure.failed(archive + " is there already: give --resume to train on it, or remove it.");
        }
        return List.of(archive);
    }

    private List<String> options(Path settings) {
        List<String> options = new ArrayList<>(List.of("--config", settings.toString()));
        add(options, "--from", from);
        add(options, "--to", to);
        add(options, "--labels-to", labelsTo);
        return options;
    }

    private static void add(List<String> options, String name, @Nullable String value) {
        if (value != null) {
            options.add(name);
            options.add(value);
        }
    }
}
