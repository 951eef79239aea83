package dev.stampede.streaming.label;

import dev.stampede.schemas.Label;
import dev.stampede.streaming.wire.SingleObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The labels of alerts, in memory. For each alert the label with the latest time is used; of equal times the one that was
 * added last. The last label of each labeller is kept, to find disagreements. Not thread-safe.
 */
public final class LabelIndex {
    /** By alert, the last label of each labeller, in the order of their first. */
    private final Map<String, List<Label>> labels = new HashMap<>();

    private long read;
    private long superseded;
    private long unreadable;

    /** Adds the value of a record of the labels topic; one that cannot be decoded is counted. */
    public void add(byte @Nullable [] value) {
        try {
            if (value == null) {
                unreadable++;
            } else {
                add(SingleObject.read(Label.class, value));
            }
        } catch (IOException | RuntimeException foreign) { // Avro throws many kinds of exceptions for foreign bytes
            unreadable++;
        }
    }

    void add(Label label) {
        read++;
        List<Label> ofAlert = labels.computeIfAbsent(label.getAlertId(), unseen -> new ArrayList<>(1));
        for (int i = 0; i < ofAlert.size(); i++) {
            Label before = ofAlert.get(i);
            if (before.getLabeller().equals(label.getLabeller())) {
                superseded++;
                if (!label.getLabelledTime().isBefore(before.getLabelledTime())) {
                    ofAlert.remove(i);
                    ofAlert.add(label);
                }
                return;
            }
        }
        ofAlert.add(label);
    }

    /** The label that is used; empty if the alert has none. */
    public Optional<Label> of(String alertId) {
        return Optional.ofNullable(labels.get(alertId)).map(LabelIndex::last);
    }

    private static Label last(List<Label> ofAlert) {
        Label last = ofAlert.get(0);
        for (Label label : ofAlert) {
            if (!label.getLabelledTime().isBefore(last.getLabelledTime())) {
                last = label;
            }
        }
        return last;
    }

    /** The number of labelled alerts. */
    int size() {
        return labels.size();
    }

    /** The last labels of the alerts on which labellers disagree, by alert id, in order. */
    Map<String, List<Label>> conflicts() {
        Map<String, List<Label>> conflicts = new TreeMap<>();
        labels.forEach((alertId, ofAlert) -> {
            if (ofAlert.stream().map(Label::getTruth).distinct().count() > 1) {
                conflicts.put(alertId, List.copyOf(ofAlert));
            }
        });
        return conflicts;
    }

    /** Sets the counts of labels. */
    void count(ExportCounts counts) {
        counts.labelsRead = read;
        counts.labelsSuperseded = superseded;
        counts.labelsUnreadable = unreadable;
        counts.labellersDisagree = conflicts().size();
    }
}
