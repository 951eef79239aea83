package dev.stampede.training.command;

import dev.stampede.commandline.CommandException;
import dev.stampede.commandline.OptionHeading;
import dev.stampede.commandline.OutputFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** The labelled stamps of a retraining: folders, or the topics of a stream by way of a label export. */
@OptionHeading("Labelled stamps")
final class LabelledDataOptions {
    @ArgGroup(multiplicity = "1")
    private Origin origin = new Origin();

    private static final class Origin {
        @Option(
                names = "--data",
                paramLabel = "DATA",
                description = "A label export, or any other labelled stamps that train reads; may be repeated.")
        private @Nullable List<Path> data;

        @Option(
                names = "--config",
                paramLabel = "FILE",
                description =
                        "The settings of the stream: its labelled alerts are exported first, to NAME.archive next to the"
                                + " model file.")
        private @Nullable Path config;
    }

    @Option(
            names = "--earlier",
            paramLabel = "DATA",
            description = "Labelled stamps of an earlier retraining, for the training set only: the live model may know"
                    + " them; may be repeated.")
    private List<Path> earlier = List.of();

    @Option(names = "--from", paramLabel = "TIME", description = "Passed to export-labels, with --config.")
    private @Nullable String from;

    @Option(names = "--to", paramLabel = "TIME", description = "Passed to export-labels, with --config.")
    private @Nullable String to;

    @Option(names = "--labels-to", paramLabel = "TIME", description = "Passed to export-labels, with --config.")
    private @Nullable String labelsTo;

    /**
     * The data sets; the label export is written, unless an existing one is used.
     *
     * @param export the folder of the label export of {@code --config}
     * @param resume whether an existing export is used
     * @param output whether it may be overwritten otherwise
     */
    List<Path> data(Path export, boolean resume, OutputFiles output) {
        Path settings = origin.config;
        if (settings == null) {
            if (from != null || to != null || labelsTo != null) {
                throw CommandException.usage(
                        "--from, --to and --labels-to apply to a label export: they need --config.");
            }
            return origin.data == null ? List.of() : origin.data;
        }
        if (!resume || !Files.exists(export)) {
            output.requireNew(export);
            exportLabels(settings, export);
        }
        return List.of(export);
    }

    /** The data sets that are for the training set only. */
    List<Path> earlier() {
        return earlier;
    }

    private void exportLabels(Path settings, Path export) {
        List<String> options =
                new ArrayList<>(List.of("--out", export.toString(), "--force", "--config", settings.toString()));
        add(options, "--from", from);
        add(options, "--to", to);
        add(options, "--labels-to", labelsTo);
        LauncherProcess.of(
                        "export-labels",
                        options,
                        "--config needs the command export-labels: start ./stampede retrain, or run ./stampede"
                                + " export-labels first and give --data.")
                .run("nothing was trained");
    }

    private static void add(List<String> options, String name, @Nullable String value) {
        if (value != null) {
            options.add(name);
            options.add(value);
        }
    }
}
