package dev.stampede.streaming.archive;

import dev.stampede.schemas.Label;
import dev.stampede.schemas.Truth;
import dev.stampede.stamps.score.Abstention;
import dev.stampede.stamps.score.Judge;
import dev.stampede.stamps.score.Judgement;
import dev.stampede.stamps.stamp.Stamp;
import dev.stampede.streaming.packet.Alert;
import dev.stampede.streaming.packet.AlertDecoder;
import dev.stampede.streaming.packet.DeadLetter;
import dev.stampede.streaming.packet.Packet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Takes alerts one after the other and writes the stamps of those that have a label, cropped as the model sees them. What
 * the model would abstain on is left out: the judge itself says so. Memory holds the labels and one batch. One thread.
 */
final class Archiver {
    /** Stamps judged at once. */
    static final int BATCH = 512;

    private record Labelled(Alert alert, Stamp stamp, Label label) {}

    private final AlertDecoder decoder;
    private final Judge judge;
    private final int stampSize;
    private final LabelBook labels;
    private final ArchiveFolder folder;
    private final ArchiveTally tally = new ArchiveTally();
    private final Set<String> seen = new HashSet<>();
    private final List<Labelled> batch = new ArrayList<>(BATCH);

    Archiver(AlertDecoder decoder, Judge judge, int stampSize, LabelBook labels, ArchiveFolder folder) {
        this.decoder = decoder;
        this.judge = judge;
        this.stampSize = stampSize;
        this.labels = labels;
        this.folder = folder;
    }

    /**
     * Takes the value of a record of the topic of alerts.
     *
     * @throws UncheckedIOException if the archive cannot be written
     */
    void offer(byte @Nullable [] value) {
        tally.read();
        Packet packet = decoder.decode(value);
        if (packet instanceof DeadLetter letter) {
            tally.unreadable(letter.error());
        } else if (packet instanceof Alert alert) {
            Optional<Label> label = labels.of(alert.id());
            if (label.isEmpty()) {
                tally.unlabelled();
            } else if (!seen.add(alert.id())) {
                tally.repeated();
            } else {
                alert.stamp()
                        .ifPresentOrElse(
                                stamp -> batch.add(new Labelled(alert, stamp, label.get())),
                                () -> tally.abstained(Abstention.CHANNEL_MISSING));
            }
        }
        if (batch.size() == BATCH) {
            write();
        }
    }

    /** Writes what is left and answers what became of all. */
    ArchiveTally finish() {
        write();
        return tally;
    }

    /** How many of the labelled alerts came. */
    long labelledAlerts() {
        return seen.size();
    }

    private void write() {
        List<Judgement> judgements =
                judge.judge(batch.stream().map(Labelled::stamp).toList());
        try {
            for (int i = 0; i < judgements.size(); i++) {
                Judgement judgement = judgements.get(i);
                Labelled one = batch.get(i);
                if (judgement.abstention().isPresent()) {
                    tally.abstained(judgement.abstention().get());
                } else {
                    folder.add(
                            one.alert(),
                            one.stamp().centreCrop(stampSize),
                            one.label(),
                            judgement.quality().peakSignalToNoise());
                    tally.written(one.label().getTruth() == Truth.REAL);
                }
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        batch.clear();
    }
}
