package dev.stampede.streaming.offline;

import dev.stampede.stamps.adopt.GoldenScore;
import dev.stampede.stamps.contract.Domain;
import dev.stampede.stamps.contract.FeatureInput;
import dev.stampede.stamps.contract.ModelContract;
import dev.stampede.stamps.contract.Padding;
import dev.stampede.stamps.contract.Stage;
import dev.stampede.stamps.error.InvalidInputException;
import dev.stampede.stamps.npy.NpyArray;
import dev.stampede.stamps.npy.StampReading;
import dev.stampede.stamps.results.StampSource;
import dev.stampede.stamps.stamp.CandidateFeature;
import dev.stampede.stamps.stamp.CandidateFeatures;
import dev.stampede.stamps.stamp.Plane;
import dev.stampede.stamps.stamp.Stamp;
import dev.stampede.streaming.packet.Alert;
import dev.stampede.streaming.packet.AlertDecoder;
import dev.stampede.streaming.packet.PacketInput;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Stamps with published scores, in alert packets or in arrays. */
public final class GoldenFiles {
    /** Images that were cut off stay as the survey's own software saw them. */
    private static final Padding AS_SENT = new Padding(Padding.Place.CORNER, Float.NaN, Stage.BEFORE);

    private GoldenFiles() {}

    /**
     * The stamps of packets, decoded as the stream decodes them, with the score in their field {@code field}.
     *
     * @throws InvalidInputException if no packet has both
     */
    public static List<GoldenScore> packets(
            List<Path> inputs, PacketInput input, ModelContract.Input model, Domain domain, String field) {
        List<GoldenScore> golden = new ArrayList<>();
        String reason = "there is no packet";
        long read = 0;
        int decoded = 0;
        AlertDecoder decoder = scored(input, field).newDecoder(model, domain, AS_SENT);
        StampReader reader = new StampReader(
                Optional.of(decoder),
                StampReading.DEFAULT,
                Optional.empty(),
                (stamp, file) -> stamp,
                new SkippedFiles());
        List<FileStamp> candidates = new ArrayList<>();
        reader.all(InputFiles.packets(inputs, new SkippedFiles())).forEach(candidates::add);
        for (FileStamp candidate : candidates) {
            read++;
            Alert alert = candidate.alert();
            if (candidate.failure() != null) {
                reason = candidate.file() + ": " + candidate.failure().errorClass() + ", "
                        + candidate.failure().message();
            } else if (alert != null && alert.abstention().isPresent()) {
                reason = candidate.file() + ": " + alert.abstention().get().describe();
            } else if (alert != null) {
                decoded++;
                Stamp stamp = alert.stamp().orElseThrow();
                alert.surveyScore().ifPresent(score -> golden.add(new GoldenScore(candidate.file(), stamp, score)));
            }
        }
        if (decoded == 0) {
            throw new InvalidInputException(
                    "None of the " + read + " golden packets can be decoded with all planes (" + reason + ").");
        }
        if (golden.isEmpty()) {
            throw new InvalidInputException("No golden packet has a number in the field " + field
                    + ": name the field of the score of the network with --expect.");
        }
        return golden;
    }

    private static PacketInput scored(PacketInput input, String field) {
        try {
            return input.withSurveyScore(field);
        } catch (IllegalArgumentException e) {
            throw new InvalidInputException("--expect: " + e.getMessage() + ".", e);
        }
    }

    /**
     * Requires the features of {@code input} of each stamp that cannot be scored without them.
     *
     * @throws InvalidInputException if one lacks them
     */
    public static void requireFeatures(FeatureInput input, List<GoldenScore> golden) {
        List<GoldenScore> lacking = golden.stream()
                .filter(one -> !input.missing(one.stamp().features()).isEmpty())
                .toList();
        if (!lacking.isEmpty()) {
            List<CandidateFeature> missing =
                    input.missing(lacking.get(0).stamp().features());
            throw new InvalidInputException(lacking.size() + " of the " + golden.size()
                    + " golden stamps have no value for a feature that the network takes; the first, "
                    + lacking.get(0).name() + ", lacks " + CandidateFeature.names(missing) + ". Name a table with "
                    + missing.stream().map(CandidateFeature::sourceColumns).collect(Collectors.joining(", "))
                    + " of the stamps of an array with --table, or leave these stamps out.");
        }
    }

    /**
     * The stamps of an array or a table with the scores in a {@code .npy} file, of shape [N] or [N, 1].
     *
     * @param table their features, one row for each stamp, instead of those in {@code stamps}
     * @throws InvalidInputException if they do not fit together
     */
    public static List<GoldenScore> arrays(Path stamps, Path scores, StampReading reading, Optional<AlertTable> table) {
        List<Plane> planes = reading.planes();
        List<GoldenScore> golden = new ArrayList<>();
        try (StampSource file = StampSource.open(stamps, reading);
                NpyArray expected = NpyArray.open(scores)) {
            if (file.size() == 0 || file.planes() != planes.size()) {
                throw new InvalidInputException(stamps + " has " + file.size() + " stamps of " + file.planes()
                        + " planes; it needs one or more of " + Plane.names(planes) + ".");
            }
            if (expected.rows() != file.size() || expected.rowSize() != 1) {
                throw new InvalidInputException(scores + " has " + expected.rows() + " rows of " + expected.rowSize()
                        + " numbers; it needs one for each of the " + file.size() + " stamps in " + stamps + ".");
            }
            table.ifPresent(rows -> rows.requireRows(file.size()));
            float[] values = new float[(int) file.size()];
            expected.read(0, values.length, values, 0);
            for (int i = 0; i < values.length; i++) {
                Stamp stamp = file.stamp(i);
                CandidateFeatures known =
                        table.isEmpty() ? stamp.features() : table.get().features(i);
                golden.add(new GoldenScore(stamps + " [" + i + "]", stamp.withFeatures(known), values[i]));
            }
        }
        return golden;
    }
}
