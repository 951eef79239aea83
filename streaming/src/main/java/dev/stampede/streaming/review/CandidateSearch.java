package dev.stampede.streaming.review;

import dev.stampede.schemas.Classification;
import dev.stampede.streaming.kafka.ClassificationReader;
import dev.stampede.streaming.kafka.TimeRange;
import dev.stampede.streaming.kafka.TopicReader;
import dev.stampede.streaming.label.LabelIndex;
import dev.stampede.streaming.settings.StreamKeys;
import dev.stampede.streaming.settings.StreamSettings;
import java.util.List;
import java.util.function.Consumer;

/**
 * Finds the most urgent candidates among the classifications of a range of time that have no label.
 *
 * @param shadowTopic the classifications of a shadow model; it need not exist
 */
public record CandidateSearch(StreamSettings settings, String shadowTopic, TimeRange times, TopicReader reader) {
    /**
     * The candidates, the most urgent first.
     *
     * @param count the maximum number of candidates
     */
    public List<ReviewCandidate> find(Reviewer reviewer, int count) {
        ClassificationReader classifications = new ClassificationReader(settings.schemas());
        LabelIndex labels = new LabelIndex();
        if (reader.hasTopic(settings.get(StreamKeys.TOPIC_LABELS))) {
            reader.read(
                    reader.range(settings.get(StreamKeys.TOPIC_LABELS), TimeRange.ALL),
                    record -> labels.add(record.value()));
        }
        read(shadowTopic, classifications, reviewer::addShadow);
        read(settings.topics().explanations(), classifications, reviewer::addExplanation);
        Shortlist shortlist = new Shortlist(count);
        read(settings.topics().classifications(), classifications, classification -> {
            if (labels.of(classification.getAlertId()).isEmpty()) {
                reviewer.review(classification).ifPresent(shortlist::offer);
            }
        });
        return shortlist.candidates();
    }

    private void read(String topic, ClassificationReader classifications, Consumer<Classification> sink) {
        if (reader.hasTopic(topic)) {
            reader.read(reader.range(topic, times), record -> sink.accept(classifications.decode(record)));
        }
    }
}
