package dev.stampede.streaming.review;

import dev.stampede.schemas.Verdict;
import dev.stampede.stamps.contract.ModelContract;
import dev.stampede.stamps.contract.Padding;
import dev.stampede.stamps.picture.ColourMap;
import dev.stampede.stamps.picture.ContactSheet;
import dev.stampede.stamps.stamp.Stamp;
import dev.stampede.streaming.kafka.AlertRecords;
import dev.stampede.streaming.kafka.TimeRange;
import dev.stampede.streaming.kafka.TopicReader;
import dev.stampede.streaming.packet.Alert;
import dev.stampede.streaming.packet.AlertDecoder;
import dev.stampede.streaming.packet.Decoded;
import dev.stampede.streaming.settings.StreamSettings;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Draws candidates, cropped to the input of the model. */
public final class CandidateSheet {
    private static final int COLUMNS = 5;
    private static final int ZOOM = 9;
    private static final Color REAL = new Color(0x2E8B57);
    private static final Color BOGUS = new Color(0xC0392B);

    private final StreamSettings settings;
    private final ModelContract contract;
    private final TopicReader reader;

    public CandidateSheet(StreamSettings settings, ModelContract contract, TopicReader reader) {
        this.settings = settings;
        this.contract = contract;
        this.reader = reader;
    }

    /**
     * Draws the candidates in a PNG file.
     *
     * @throws IOException if the picture cannot be written
     */
    public void write(List<ReviewCandidate> candidates, Path png) throws IOException {
        Map<String, Stamp> stamps = stamps(candidates);
        ContactSheet sheet = new ContactSheet(
                "Candidates to label, the most urgent first: green frame REAL, red frame BOGUS",
                COLUMNS,
                ZOOM,
                ColourMap.GREY);
        for (int i = 0; i < candidates.size(); i++) {
            ReviewCandidate candidate = candidates.get(i);
            Stamp stamp = stamps.get(candidate.reported().getAlertId());
            if (stamp == null) {
                sheet.skip(caption(i + 1, candidate) + "\n(alert deleted)");
            } else {
                boolean real = candidate.reported().getVerdict() == Verdict.REAL;
                sheet.add(stamp, caption(i + 1, candidate), real ? REAL : BOGUS);
            }
        }
        sheet.write(png);
    }

    private static String caption(int rank, ReviewCandidate candidate) {
        String reasons = candidate.reasons().keySet().stream()
                .map(reason -> "\n" + reason.describe())
                .collect(Collectors.joining());
        return String.format(
                        Locale.ROOT,
                        "%d  %s  %.3f",
                        rank,
                        candidate.reported().getVerdict(),
                        candidate.reported().getProbability())
                + "\n" + candidate.reported().getAlertId() + reasons;
    }

    /** The stamps by alert id, from the time range in which the alerts arrived. */
    private Map<String, Stamp> stamps(List<ReviewCandidate> candidates) {
        Set<String> wanted = new HashSet<>();
        Instant first = Instant.MAX;
        Instant last = Instant.EPOCH;
        for (ReviewCandidate candidate : candidates) {
            Instant ingested = candidate.reported().getIngestTime();
            wanted.add(candidate.reported().getAlertId());
            first = ingested.isBefore(first) ? ingested : first;
            last = ingested.isAfter(last) ? ingested : last;
        }
        Map<String, Stamp> stamps = new HashMap<>();
        Padding padding = contract.preprocessing().padding();
        int size = contract.stampSize();
        AlertDecoder decoder = settings.input()
                .newDecoder(
                        contract.input(),
                        contract.domain(),
                        contract.preprocessing().padding());
        TimeRange times = new TimeRange(first, last.plusMillis(1));
        reader.ranges(settings.alertTopics(), times)
                .forEach(range -> reader.read(range, record -> {
                    for (Decoded packet :
                            decoder.decode(AlertRecords.of(record)).parts()) {
                        if (packet instanceof Alert alert && wanted.contains(alert.id())) {
                            alert.stamp()
                                    .ifPresent(stamp -> stamps.putIfAbsent(alert.id(), padding.frame(stamp, size)));
                        }
                    }
                }));
        return stamps;
    }
}
