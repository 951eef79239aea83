package dev.stampede.streaming.archive;

import dev.stampede.schemas.Label;
import dev.stampede.streaming.packet.SingleObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The labels of alerts, in memory. Of an alert the label of the latest time counts, of equal times the one that was added
 * last; of each labeller the last is remembered, to see where two disagree. Not thread-safe.
 */
public final class LabelBook {
    /** By alert, the last label of each labeller, in the order of their first. */
    private final Map<String, List<Label>> labels = new HashMap<>();

    private long read;
    private long superseded;
    private long unreadable;

    /** Adds the value of a record of the topic of labels; what is none is counted. */
    public void add(byte @Nullable [] value) {
        try {
            if (value == null) {
                unreadable++;
            } else {
                add(SingleObject.readLabel(value));
            }
        } catch (IOException | RuntimeException foreign) { // Avro meets foreign bytes with exceptions of many kinds
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

    /** The label that counts; empty where the alert has none. */
    public Optional<Label> of(String alertId) {
        return Optional.ofNullable(labels.get(alertId)).map(LabelBook::last);
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

    /** The alerts that have one. */
    public Set<String> alerts() {
        return Collections.unmodifiableSet(labels.keySet());
    }

    /** Where the last labels of two labellers disagree: all labels of the alert, by its id, in order. */
    Map<String, List<Label>> conflicts() {
        Map<String, List<Label>> conflicts = new TreeMap<>();
        labels.forEach((alertId, ofAlert) -> {
            if (ofAlert.stream().map(Label::getTruth).distinct().count() > 1) {
                conflicts.put(alertId, List.copyOf(ofAlert));
            }
        });
        return conflicts;
    }

    /** Labels that were read, without those that could not be. */
    long read() {
        return read;
    }

    /** Labels that a later one of the same labeller replaces, or that came after it. */
    long superseded() {
        return superseded;
    }

    /** Values that are no labels. */
    long unreadable() {
        return unreadable;
    }
}
