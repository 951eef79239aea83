package dev.stampede.streaming.label;

import dev.stampede.schemas.Classification;
import dev.stampede.schemas.Label;
import dev.stampede.schemas.LabelSource;
import dev.stampede.schemas.Truth;
import dev.stampede.streaming.kafka.ClassificationReader;
import dev.stampede.streaming.kafka.TopicRange;
import dev.stampede.streaming.kafka.TopicReader;
import dev.stampede.streaming.registry.SchemaSource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Labels of the detections of known Solar System objects, whatever the verdict: REAL, of the source KNOWN_OBJECT.
 *
 * @param labels one for each alert that had none
 * @param labelledBefore the number of alerts that had one, which stays as it is
 */
public record KnownObjectLabels(List<Label> labels, int labelledBefore) {
    public KnownObjectLabels {
        labels = List.copyOf(labels);
    }

    /**
     * The labels of the classifications in {@code range}.
     *
     * @param schemas the source of the schemas of classifications that carry only a schema id
     * @param existing the labels of the topic
     * @throws dev.stampede.streaming.kafka.TopicReadException if the range cannot be read
     */
    public static KnownObjectLabels of(
            TopicRange range,
            TopicReader reader,
            SchemaSource schemas,
            LabelIndex existing,
            String labeller,
            Instant time) {
        ClassificationReader classifications = new ClassificationReader(schemas);
        List<Label> labels = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        Set<String> before = new HashSet<>();
        reader.read(range, record -> {
            Classification classification = classifications.decode(record);
            String alertId = classification.getAlertId();
            if (!classification.getMatchesKnownObject()) {
                return;
            }
            if (existing.of(alertId).isPresent()) {
                before.add(alertId);
            } else if (seen.add(alertId)) {
                labels.add(label(classification, labeller, time));
            }
        });
        return new KnownObjectLabels(labels, before.size());
    }

    private static Label label(Classification classification, String labeller, Instant time) {
        String id = classification.getSsObjectId();
        String name = classification.getKnownObjectName();
        Double arcsec = classification.getKnownObjectDistanceArcsec();
        String comment = (name == null ? "known object" : name)
                + (arcsec == null ? "" : String.format(Locale.ROOT, ", %.2f arcsec", arcsec));
        return new Label(
                classification.getAlertId(),
                id == null ? name : id,
                Truth.REAL,
                LabelSource.KNOWN_OBJECT,
                labeller,
                time,
                comment);
    }
}
