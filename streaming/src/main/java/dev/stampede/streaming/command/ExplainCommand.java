package dev.stampede.streaming.command;

import dev.stampede.stamps.contract.ModelContract;
import dev.stampede.stamps.contract.ModelFile;
import dev.stampede.stamps.explain.Explainer;
import dev.stampede.stamps.explain.Explanation;
import dev.stampede.stamps.explain.ExplanationSheet;
import dev.stampede.stamps.explain.OcclusionSettings;
import dev.stampede.stamps.npy.StampFile;
import dev.stampede.stamps.score.StampClassifier;
import dev.stampede.stamps.stamp.Stamp;
import dev.stampede.stamps.terminal.CommandFailure;
import dev.stampede.stamps.terminal.Progress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Maps which pixels of stamps led to their verdicts, as a picture, an array and lines. */
@Command(
        name = "explain",
        description = "Maps which pixels of a stamp led to its verdict, by hiding them patch by patch.",
        mixinStandardHelpOptions = true)
final class ExplainCommand implements Callable<Integer> {
    private static final int BATCH = 64;
    /** More do not fit a picture that someone looks at. */
    private static final int MOST_DRAWN = 24;

    @Parameters(
            paramLabel = "INPUT.npy",
            description = "Stamps of shape (N, 441), (N, rows, columns) or (N, channels, rows, columns).")
    private Path input;

    @Option(
            names = "--index",
            split = ",",
            paramLabel = "I",
            description = "Which stamps, counted from 0, such as 3 or 0,4,7; all if not given.")
    private List<Long> indices = new ArrayList<>();

    @Option(
            names = "--model",
            paramLabel = "FILE",
            description = "The model: vgg6 (if not given), resnet14, or a file.")
    private @Nullable Path model;

    @Option(
            names = "--png",
            paramLabel = "OUT.png",
            description = "Draw each stamp, its map and both together; the first " + MOST_DRAWN + " of many.")
    private @Nullable Path png;

    @Option(
            names = "--npy",
            paramLabel = "OUT.npy",
            description = "Write the maps as (N, rows, columns); NaN throughout where a stamp was not judged.")
    private @Nullable Path npy;

    @Option(names = "--json", description = "One JSON object a line.")
    private boolean json;

    @Mixin
    private OcclusionOptions occlusion;

    @Mixin
    private ChannelChoice channels;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        OcclusionSettings settings = occlusion.settings();
        try (StampFile stamps = StampFile.open(input);
                StampClassifier classifier =
                        StampClassifier.open(model == null ? ModelFile.shipped() : ModelFile.read(model));
                Explainer explainer = explainer(classifier, settings)) {
            long[] chosen = chosen(stamps.size());
            ModelContract contract = classifier.contract();
            ExplanationSheet sheet = new ExplanationSheet(contract.stampSize(), settings.definition());
            try (MapFile maps = MapFile.create(Optional.ofNullable(npy), contract.stampSize());
                    Progress progress = Progress.of("Explaining", chosen.length)) {
                explainAll(stamps, chosen, contract, explainer, sheet, maps, progress);
            }
            draw(sheet);
        }
        return 0;
    }

    private static Explainer explainer(StampClassifier classifier, OcclusionSettings settings) {
        try {
            return Explainer.of(classifier, settings, Explainer.CPU_BATCH);
        } catch (IllegalArgumentException wrong) {
            throw CommandFailure.usage("No map of this model's stamps: " + wrong.getMessage() + ".");
        }
    }

    private long[] chosen(long size) {
        for (long index : indices) {
            if (index < 0 || index >= size) {
                throw CommandFailure.usage("--index " + index + " is not in " + input + ", which holds " + size
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
            MapFile maps,
            Progress progress) {
        ExplanationLines lines = new ExplanationLines(spec.commandLine().getOut(), json);
        for (int first = 0; first < chosen.length; first += BATCH) {
            List<Stamp> batch = new ArrayList<>();
            for (int i = first; i < Math.min(chosen.length, first + BATCH); i++) {
                batch.add(channels.of(stamps.stamp(chosen[i]), contract.channels(), input));
            }
            List<Explanation> explanations = explainer.explain(batch);
            for (int i = 0; i < batch.size(); i++) {
                long index = chosen[first + i];
                lines.print(index, explanations.get(i));
                maps.write(explanations.get(i));
                if (first + i < MOST_DRAWN) {
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
                throw CommandFailure.failed("Cannot write the picture " + png + ": " + failure + ".");
            }
        }
    }
}
