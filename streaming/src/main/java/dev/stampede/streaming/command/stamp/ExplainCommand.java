package dev.stampede.streaming.command.stamp;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.stampede.commandline.CommandException;
import dev.stampede.commandline.Example;
import dev.stampede.commandline.Output;
import dev.stampede.commandline.OutputFiles;
import dev.stampede.commandline.OutputFormat;
import dev.stampede.commandline.ProgressBar;
import dev.stampede.stamps.contract.ModelContract;
import dev.stampede.stamps.error.FailureReason;
import dev.stampede.stamps.explain.Explainer;
import dev.stampede.stamps.explain.Explanation;
import dev.stampede.stamps.explain.ExplanationSheet;
import dev.stampede.stamps.explain.Grid;
import dev.stampede.stamps.explain.OcclusionResult;
import dev.stampede.stamps.explain.OcclusionSettings;
import dev.stampede.stamps.file.AtomicFile;
import dev.stampede.stamps.score.StampModel;
import dev.stampede.streaming.command.option.OcclusionOptions;
import dev.stampede.streaming.explain.OcclusionMaps;
import dev.stampede.streaming.offline.ClassifiedStamp;
import dev.stampede.streaming.offline.FileStamp;
import dev.stampede.streaming.offline.InputFiles;
import dev.stampede.streaming.offline.StampArrayFile;
import dev.stampede.streaming.offline.StampReader;
import dev.stampede.streaming.offline.UnreadableStamps;
import dev.stampede.streaming.wire.AvroMap;
import dev.stampede.streaming.wire.PixelArrays;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code explain}: occlusion maps of stamps and packets, as a picture, an array and lines. */
@Command(
        name = "explain",
        description = "Computes occlusion maps: how the score changes if a patch of the stamp is hidden.",
        mixinStandardHelpOptions = true)
@Example("explain stamps.npy --index 0,4 --png explanation.png")
public final class ExplainCommand implements Callable<Integer> {
    private static final int BATCH = 64;
    private static final String SHARE = "apertureShare";
    private static final int MAX_DRAWN = 24;

    @Mixin
    private StampInputs input;

    @Option(
            names = "--index",
            split = ",",
            paramLabel = "I",
            description = "Stamps of the only array or table to explain, from 0, such as 3 or 0,4,7 (default: all).")
    private List<Long> indices = new ArrayList<>();

    @Option(
            names = "--png",
            paramLabel = "OUT.png",
            description = "Draw each stamp, its map and both together, up to " + MAX_DRAWN + " stamps.")
    private @Nullable Path png;

    @Option(
            names = "--npy",
            paramLabel = "OUT.npy",
            description = "Write the maps as (N, rows, columns); all NaN for an abstention.")
    private @Nullable Path npy;

    @Option(names = "--json", description = "Print one JSON object per line.")
    private boolean json;

    @Mixin
    private OcclusionOptions occlusion;

    @Mixin
    private OutputFiles output;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        OcclusionSettings settings = occlusion.settings();
        if (png != null) {
            AtomicFile.requireWritable(png);
        }
        if (npy != null) {
            output.requireFile(npy);
        }
        List<Path> files = input.files();
        UnreadableStamps unreadable = UnreadableStamps.ofFiles();
        try (StampModel classifier = StampModel.open(input.model());
                Explainer explainer = explainer(classifier, settings);
                StampReader reader = reader(classifier.contract(), files)) {
            requireIndices(files, reader);
            int size = classifier.contract().stampSize();
            ExplanationSheet sheet = new ExplanationSheet(size, settings.definition());
            try (StampArrayFile maps = StampArrayFile.create(npy, 1, size);
                    ProgressBar progress =
                            ProgressBar.of("Explaining", indices.isEmpty() ? reader.count(files) : indices.size())) {
                LazyOutput<Row> lines = new LazyOutput<>(output(files));
                StampReader.Source stamps =
                        indices.isEmpty() ? reader.all(files) : reader.chosen(files.get(0), indices);
                StampReader.<Explanation>apply(stamps, BATCH, explainer::explain, (candidate, explanation) -> {
                    unreadable.add(candidate);
                    lines.print(Row.of(candidate, explanation, settings, size));
                    write(explanation, maps);
                    if (explanation != null && candidate.stamp() != null && sheet.size() < MAX_DRAWN) {
                        sheet.add(candidate.stamp(), explanation, candidate.caption());
                    }
                    progress.advance(1);
                });
                lines.begin();
                maps.commit();
            }
            if (png != null) {
                sheet.write(png);
            }
        } catch (IOException failure) {
            throw CommandException.failed("Cannot write the maps: " + FailureReason.of(failure) + ".");
        }
        return input.exitCode(unreadable);
    }

    private static void write(@Nullable Explanation explanation, StampArrayFile maps) {
        if (explanation != null && explanation.map().isPresent()) {
            maps.write(explanation.map().get().pixels());
        } else {
            maps.writeMissing();
        }
    }

    /** A line of the result. */
    private record Row(
            @JsonUnwrapped ClassifiedStamp stamp,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Map<String, @Nullable Object> occlusionMap,

            @JsonIgnore @Nullable Float apertureShare) {
        static Row of(
                FileStamp candidate, @Nullable Explanation explanation, OcclusionSettings settings, int stampSize) {
            ClassifiedStamp stamp =
                    ClassifiedStamp.of(candidate, explanation == null ? null : explanation.prediction(), stampSize);
            OcclusionResult result =
                    explanation == null ? null : explanation.map().orElse(null);
            if (result == null) {
                return new Row(stamp, null, null);
            }
            Map<String, @Nullable Object> map = AvroMap.of(OcclusionMaps.of(result, settings), PixelArrays.LIST);
            map.put("positions", rows(result.positions()));
            map.put("passes", result.passes());
            return new Row(stamp, map, result.apertureShare());
        }

        private static List<List<Float>> rows(Grid grid) {
            return IntStream.range(0, grid.rows())
                    .mapToObj(row -> IntStream.range(0, grid.columns())
                            .mapToObj(column -> grid.at(row, column))
                            .toList())
                    .toList();
        }

        String toText() {
            return stamp.toText(share());
        }

        String toArrayText() {
            return stamp.toArrayText() + "  " + share();
        }

        private String share() {
            return apertureShare == null || Float.isNaN(apertureShare)
                    ? " ".repeat(SHARE.length())
                    : String.format(Locale.ROOT, "%" + SHARE.length() + ".6f", apertureShare);
        }
    }

    private static Explainer explainer(StampModel classifier, OcclusionSettings settings) {
        try {
            return Explainer.of(classifier, settings, Explainer.CPU_BATCH);
        } catch (IllegalArgumentException wrong) {
            throw CommandException.usage("Cannot explain this model: " + wrong.getMessage() + ".");
        }
    }

    private StampReader reader(ModelContract contract, List<Path> files) {
        return input.newReader(files, contract, input.ids(files));
    }

    private void requireIndices(List<Path> files, StampReader reader) {
        if (indices.isEmpty()) {
            return;
        }
        Path file = files.get(0);
        if (files.size() > 1 || !InputFiles.isArray(file)) {
            throw CommandException.usage("--index is only for the stamps of one array or table.");
        }
        long size = reader.count(files);
        for (long index : indices) {
            if (index < 0 || index >= size) {
                throw CommandException.usage("--index " + index + " is not in " + file + ", which holds " + size
                        + " stamps, counted from 0.");
            }
        }
    }

    private Output<Row> output(List<Path> files) {
        Output<Row> output = Output.of(Row.class, spec.commandLine().getOut(), OutputFormat.json(json));
        return input.isOneArray(files)
                ? output.text(ClassifiedStamp.ARRAY_HEADER + "  " + SHARE, Row::toArrayText)
                : output.text(ClassifiedStamp.header(SHARE), Row::toText);
    }
}
