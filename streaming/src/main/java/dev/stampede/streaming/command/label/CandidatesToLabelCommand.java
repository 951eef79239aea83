package dev.stampede.streaming.command.label;

import dev.stampede.commandline.CommandException;
import dev.stampede.commandline.Example;
import dev.stampede.commandline.Output;
import dev.stampede.commandline.OutputFormat;
import dev.stampede.stamps.contract.ModelFile;
import dev.stampede.stamps.error.FailureReason;
import dev.stampede.stamps.file.AtomicFile;
import dev.stampede.stamps.score.StampModel;
import dev.stampede.streaming.command.option.KafkaOptions;
import dev.stampede.streaming.command.option.StreamOptions;
import dev.stampede.streaming.command.option.TimeOptions;
import dev.stampede.streaming.kafka.AccessRight;
import dev.stampede.streaming.kafka.AccessRights;
import dev.stampede.streaming.kafka.TimeRange;
import dev.stampede.streaming.kafka.TopicCheck;
import dev.stampede.streaming.kafka.TopicReader;
import dev.stampede.streaming.review.CandidateSearch;
import dev.stampede.streaming.review.CandidateSheet;
import dev.stampede.streaming.review.ReviewCandidate;
import dev.stampede.streaming.review.Reviewer;
import dev.stampede.streaming.settings.EngineKeys;
import dev.stampede.streaming.settings.StreamSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code candidates-to-label}: the candidates that an expert should review first. */
@Command(
        name = "candidates-to-label",
        mixinStandardHelpOptions = true,
        description = "Ranks the classifications without a label by how useful a label would be: near the threshold, a"
                + " shadow model disagrees, views differ, classified by the background, unlike the training"
                + " stamps.")
@Example("candidates-to-label --config stampede.properties --count 50 --png candidates.png")
public final class CandidatesToLabelCommand implements Callable<Integer> {
    @Mixin
    private StreamOptions stream;

    @Mixin
    private TimeOptions times;

    @Option(names = "--count", paramLabel = "N", defaultValue = "20", description = "Maximum number of candidates.")
    private int count;

    @Option(
            names = "--shadow-topic",
            paramLabel = "TOPIC",
            description = "Classifications of a shadow model, if the topic exists (default: that of --config, otherwise"
                    + " shadow-classifications).")
    private @Nullable String shadowTopic;

    @Option(names = "--json", description = "Print one JSON object per line.")
    private boolean json;

    @Option(names = "--png", paramLabel = "FILE", description = "Draw the stamps of the candidates.")
    private @Nullable Path png;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        if (count < 1 || count > 10_000) {
            throw CommandException.usage("--count is " + count + ", not 1 to 10000.");
        }
        if (png != null) {
            AtomicFile.requireWritable(png);
        }
        StreamSettings settings = stream.settings();
        TimeRange range = times.range();
        ModelFile model =
                settings.get(EngineKeys.MODEL_PATH).map(ModelFile::read).orElseGet(ModelFile::shipped);
        AccessRights rights =
                AccessRights.of(AccessRight.toRead(settings.topics().classifications()));
        TopicCheck.require(settings.clientConfig(), rights);
        try (StampModel classifier = StampModel.open(model);
                TopicReader reader = TopicReader.ofRanges(settings.clientConfig())) {
            String shadow = shadowTopic == null ? settings.topics().shadowClassifications() : shadowTopic;
            List<ReviewCandidate> candidates = new CandidateSearch(settings, shadow, range, reader)
                    .find(new Reviewer(classifier.reference()), count);
            print(candidates);
            if (png != null && !candidates.isEmpty()) {
                new CandidateSheet(settings, classifier.contract(), reader).write(candidates, png);
            }
        } catch (KafkaException e) {
            throw KafkaOptions.failed("read classifications", e, rights);
        } catch (IOException e) {
            throw CommandException.failed("Cannot write " + png + ": " + FailureReason.of(e) + ".");
        }
        return 0;
    }

    private void print(List<ReviewCandidate> candidates) {
        List<CandidateRow> rows = IntStream.range(0, candidates.size())
                .mapToObj(i -> new CandidateRow(i + 1, candidates.get(i)))
                .toList();
        Output.of(CandidateRow.class, spec.commandLine().getOut(), OutputFormat.json(json))
                .text("rank  verdict  probability  urgency  alert  reasons", CandidateRow::toText)
                .printAll(rows);
        if (candidates.isEmpty()) {
            spec.commandLine().getErr().println("No classification in this range of time needs a review.");
        }
    }
}
