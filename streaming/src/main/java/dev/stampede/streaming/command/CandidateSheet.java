package dev.stampede.streaming.command;

import dev.stampede.schemas.Verdict;
import dev.stampede.stamps.contract.ModelContract;
import dev.stampede.stamps.picture.ColourMap;
import dev.stampede.stamps.picture.ContactSheet;
import dev.stampede.stamps.stamp.Stamp;
import dev.stampede.stamps.terminal.CommandFailure;
import dev.stampede.streaming.history.TopicHistory;
import dev.stampede.streaming.packet.Alert;
import dev.stampede.streaming.packet.AlertDecoder;
import dev.stampede.streaming.packet.PixelGrid;
import dev.stampede.streaming.review.Candidate;
import dev.stampede.streaming.topology.StreamSettings;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Draws candidates to look at, as the model saw them. */
final class CandidateSheet {
    private static final int COLUMNS = 5;
    private static final int ZOOM = 9;
    private static final Color REAL = new Color(0x2E8B57);
    private static final Color BOGUS = new Color(0xC0392B);

    private final StreamSettings settings;
    private final ModelContract contract;
    private final TopicHistory history;

    CandidateSheet(StreamSettings settings, ModelContract contract, TopicHistory history) {
        this.settings = settings;
        this.contract = contract;
        this.history = history;
    }

    void write(List<Candidate> candidates, Path png) {
        Map<String, Stamp> stamps = stamps(candidates);
        ContactSheet sheet = new ContactSheet(
                "Candidates to label, the most urgent first: green was called REAL, red BOGUS",
                COLUMNS,
                ZOOM,
                ColourMap.GREY);
        for (int i = 0; i < candidates.size(); i++) {
            Candidate candidate = candidates.get(i);
            Stamp stamp = stamps.get(candidate.said().getAlertId());
            if (stamp == null) {
                sheet.skip(caption(i + 1, candidate) + "\n(its alert is gone)");
            } else {
                boolean real = candidate.said().getVerdict() == Verdict.REAL;
                sheet.add(stamp, caption(i + 1, candidate), real ? REAL : BOGUS);
            }
        }
        try {
            sheet.write(png);
        } catch (IOException failure) {
            throw CommandFailure.failed("Cannot write " + png + ": " + failure.getMessage() + ".");
        }
    }

    private static String caption(int rank, Candidate candidate) {
        String concerns = candidate.concerns().keySet().stream()
                .map(concern -> "\n" + concern.words())
                .collect(Collectors.joining());
        return String.format(
                        Locale.ROOT,
                        "%d  %s  %.3f",
                        rank,
                        candidate.said().getVerdict(),
                        candidate.said().getProbability())
                + "\n" + candidate.said().getAlertId() + concerns;
    }

    /** The stamps by alert; a classification tells when its alert came. */
    private Map<String, Stamp> stamps(List<Candidate> candidates) {
        Set<String> wanted = new HashSet<>();
        Instant first = Instant.MAX;
        Instant last = Instant.EPOCH;
        for (Candidate candidate : candidates) {
            Instant came = candidate.said().getIngestTime();
            wanted.add(candidate.said().getAlertId());
            first = came.isBefore(first) ? came : first;
            last = came.isAfter(last) ? came : last;
        }
        Map<String, Stamp> stamps = new HashMap<>();
        Optional<PixelGrid> grid = PixelGrid.of(contract.stampSize(), contract.pixelScaleArcsec());
        try (AlertDecoder decoder = settings.input().newDecoder(contract.channels(), grid)) {
            history.read(
                    history.between(settings.topics().alerts(), Optional.of(first), Optional.of(last.plusMillis(1))),
                    record -> {
                        if (decoder.decode(record.value()) instanceof Alert alert && wanted.contains(alert.id())) {
                            alert.stamp()
                                    .ifPresent(stamp ->
                                            stamps.putIfAbsent(alert.id(), stamp.centreCrop(contract.stampSize())));
                        }
                    });
        }
        return stamps;
    }
}
