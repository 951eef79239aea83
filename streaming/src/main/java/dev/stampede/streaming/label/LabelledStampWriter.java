package dev.stampede.streaming.label;

import dev.stampede.schemas.Label;
import dev.stampede.schemas.Truth;
import dev.stampede.stamps.contract.ModelContract;
import dev.stampede.stamps.contract.Padding;
import dev.stampede.stamps.score.Prediction;
import dev.stampede.stamps.score.StampPredictor;
import dev.stampede.stamps.stamp.Stamp;
import dev.stampede.streaming.packet.Alert;
import dev.stampede.streaming.packet.AlertDecoder;
import dev.stampede.streaming.packet.AlertRecord;
import dev.stampede.streaming.packet.DeadLetter;
import dev.stampede.streaming.packet.Decoded;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Writes the stamps of labelled alerts, cropped to the input of the model. Stamps on which the model abstains are left
 * out. Memory holds the labels and one batch. Not thread-safe.
 */
final class LabelledStampWriter {
    static final int BATCH = 512;

    private record Labelled(Alert alert, Stamp stamp, Label label) {}

    private final AlertDecoder decoder;
    private final StampPredictor predict;
    private final int stampSize;
    private final Padding padding;
    private final LabelIndex labels;
    private final LabelledStampFolder folder;
    private final ExportCounts counts = new ExportCounts();
    private final Set<String> labelledIds = new HashSet<>();
    private final List<Labelled> batch = new ArrayList<>(BATCH);

    LabelledStampWriter(
            AlertDecoder decoder,
            StampPredictor predict,
            ModelContract contract,
            LabelIndex labels,
            LabelledStampFolder folder) {
        this.decoder = decoder;
        this.predict = predict;
        this.stampSize = contract.stampSize();
        this.padding = contract.preprocessing().padding();
        this.labels = labels;
        this.folder = folder;
    }

    /**
     * Adds the alerts in a record of the alerts topic.
     *
     * @throws UncheckedIOException if a file cannot be written
     */
    void add(AlertRecord record) {
        decoder.decode(record).parts().forEach(this::add);
    }

    private void add(Decoded packet) {
        counts.alertsRead++;
        if (packet instanceof DeadLetter letter) {
            counts.addUnreadable(letter.error());
        } else if (packet instanceof Alert alert) {
            Optional<Label> label = labels.of(alert.id());
            if (label.isEmpty()) {
                counts.alertsWithoutLabel++;
            } else if (!labelledIds.add(alert.id())) {
                counts.alertsRepeated++;
            } else {
                alert.stamp()
                        .ifPresentOrElse(
                                stamp -> batch.add(new Labelled(alert, stamp, label.get())),
                                () -> counts.addLeftOut(
                                        alert.abstention().orElseThrow().reason()));
            }
        }
        if (batch.size() == BATCH) {
            write();
        }
    }

    /** Writes the last batch and returns the counts of all alerts. */
    ExportCounts finish() {
        write();
        return counts;
    }

    /** How many labelled alerts were among those added. */
    long labelledAlerts() {
        return labelledIds.size();
    }

    private void write() {
        List<Prediction> predictions =
                predict.predict(batch.stream().map(Labelled::stamp).toList());
        try {
            for (int i = 0; i < predictions.size(); i++) {
                Prediction prediction = predictions.get(i);
                Labelled one = batch.get(i);
                if (prediction.abstention().isPresent()) {
                    counts.addLeftOut(prediction.abstention().get());
                } else {
                    folder.add(
                            one.alert(),
                            padding.frame(one.stamp(), stampSize),
                            one.label(),
                            prediction.quality().peakSignalToNoise());
                    counts.addWritten(one.label().getTruth() == Truth.REAL);
                }
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        batch.clear();
    }
}
