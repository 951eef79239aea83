package dev.stampede.streaming.command.stamp;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.stampede.commandline.CommandException;
import dev.stampede.commandline.Output;
import dev.stampede.commandline.OutputFormat;
import dev.stampede.commandline.ProgressBar;
import dev.stampede.stamps.contract.ModelContract;
import dev.stampede.stamps.contract.ModelFile;
import dev.stampede.stamps.explain.Explainer;
import dev.stampede.stamps.explain.Explanation;
import dev.stampede.stamps.explain.ExplanationSheet;
import dev.stampede.stamps.explain.Grid;
import dev.stampede.stamps.explain.OcclusionResult;
import dev.stampede.stamps.explain.OcclusionSettings;
import dev.stampede.stamps.npy.StampFile;
import dev.stampede.stamps.score.Abstention;
import dev.stampede.stamps.score.Prediction.Scored;
import dev.stampede.stamps.score.StampModel;
import dev.stampede.stamps.score.Verdict;
import dev.stampede.stamps.stamp.Stamp;
import dev.stampede.streaming.command.option.OcclusionOptions;
import dev.stampede.streaming.offline.OcclusionMapFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code explain}: occlusion maps of stamps, as a picture, an array and lines. */
@Command(
        name = "explain",
        description = "Computes occlusion maps: how the score changes if a patch of the stamp is hidden.",
        mixinStandardHelpOptions = true)
public final class ExplainCommand implements Callable<Integer> {
    private static final int BATCH = 64;
    private static final String COLUMNS = "%5s  %-7s  %-22s  %11s  %14s";
    private static final int MAX_DRAWN = 24;

    @Parameters(
            paramLabel = "INPUT.npy",
            description = "Stamps of shape (N, 441), (N, rows, columns) or (N, planes, rows, columns).")
    private Path input;

    @Option(
            names = "--index",
            split = ",",
            paramLabel = "I",
            description = "Stamps to explain, from 0, such as 3 or 0,4,7 (default: all).")
    private List<Long> indices = new ArrayList<>();

    @Option(names = "--model", paramLabel = "FILE", description = "Model: vgg6 (default), resnet14, or a model file.")
    private @Nullable Path model;

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
    private PlaneSelection planes;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        OcclusionSettings settings = occlusion.settings();
        try (StampFile stamps = StampFile.open(input);
                StampModel classifier = StampModel.open(model == null ? ModelFile.shipped() : ModelFile.read(model));
                Explainer explainer = explainer(classifier, settings)) {
            long[] chosen = chosen(stamps.size());
            ModelContract contract = classifier.contract();
            ExplanationSheet sheet = new ExplanationSheet(contract.stampSize(), settings.definition());
            try (OcclusionMapFile maps = OcclusionMapFile.create(npy, contract.stampSize());
                    ProgressBar progress = ProgressBar.of("Explaining", chosen.length)) {
                explainAll(stamps, chosen, contract, explainer, sheet, maps, progress);
            }
            draw(sheet);
        }
        return 0;
    }

    /** A line of the result. */
    private record Row(
            long index,
            Verdict verdict,
            @Nullable Abstention reason,
            @Nullable Float probability,
            @JsonUnwrapped @Nullable MapColumns map) {
        static Row of(long index, Explanation explanation) {
            return new Row(
                    index,
                    explanation.prediction().verdict(),
                    explanation.prediction().abstention().orElse(null),
                    explanation.prediction() instanceof Scored scored ? scored.probability() : null,
                    explanation.map().map(MapColumns::of).orElse(null));
        }

        String toText() {
            return String.format(
                    Locale.ROOT,
                    COLUMNS,
                    index,
                    verdict,
                    reason == null ? "" : reason,
                    probability == null ? "" : number(probability),
                    map == null ? "" : number(map.apertureShare));
        }

        private static String number(float value) {
            return Float.isNaN(value) ? "" : String.format(Locale.ROOT, "%.6f", value);
        }
    }

    /** The part of a line that an abstention does not have. */
    private record MapColumns(float apertureShare, long passes, List<List<Float>> positions, List<List<Float>> map) {
        static MapColumns of(OcclusionResult result) {
            return new MapColumns(
                    result.apertureShare(), result.passes(), rows(result.positions()), rows(result.pixels()));
        }

        private static List<List<Float>> rows(Grid grid) {
            return IntStream.range(0, grid.rows())
                    .mapToObj(row -> IntStream.range(0, grid.columns())
                            .mapToObj(column -> grid.at(row, column))
                            .toList())
                    .toList();
        }
    }

    private static Explainer explainer(StampModel classifier, OcclusionSettings settings) {
        try {
            return Explainer.of(classifier, settings, Explainer.CPU_BATCH);
        } catch (IllegalArgumentException wrong) {
            throw CommandException.usage("Cannot explain this model: " + wrong.getMessage() + ".");
        }
    }

    private long[] chosen(long size) {
        for (long index : indices) {
            if (index < 0 || index >= size) {
                throw CommandException.usage("--index " + index + " is not in " + input + ", which holds " + size
                        + " stamps, counted from 0.");
            }
        }
        return indices.isEmpty()
                ? LongStream.range(0, size).toArray()
                : indices.stream().mapToLong(Long::longValue).toArray();
    }

    private void explainAll(
            StampFile stamps,
            long[] chosen,
            ModelContract contract,
            Explainer explainer,
            ExplanationSheet sheet,
            OcclusionMapFile maps,
            ProgressBar progress) {
        Output<Row> output = Output.of(Row.class, spec.commandLine().getOut(), OutputFormat.json(json))
                .text(
                        String.format(
                                Locale.ROOT, COLUMNS, "index", "verdict", "reason", "probability", "aperture share"),
                        Row::toText)
                .begin();
        for (int first = 0; first < chosen.length; first += BATCH) {
            List<Stamp> batch = new ArrayList<>();
            for (int i = first; i < Math.min(chosen.length, first + BATCH); i++) {
                batch.add(planes.of(stamps.stamp(chosen[i]), contract.planes(), input));
            }
            List<Explanation> explanations = explainer.explain(batch);
            for (int i = 0; i < batch.size(); i++) {
                long index = chosen[first + i];
                output.print(Row.of(index, explanations.get(i)));
                maps.write(explanations.get(i));
                if (first + i < MAX_DRAWN) {
                    sheet.add(batch.get(i), explanations.get(i), "stamp " + index);
                }
            }
            progress.advance(batch.size());
        }
    }

    private void draw(ExplanationSheet sheet) {
        if (png != null) {
            try {
                sheet.write(png);
            } catch (IOException failure) {
                throw CommandException.failed("Cannot write the picture " + png + ": " + failure + ".");
            }
        }
    }
}
