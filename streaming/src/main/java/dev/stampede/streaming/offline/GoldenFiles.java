package dev.stampede.streaming.offline;

import dev.stampede.stamps.adopt.GoldenScore;
import dev.stampede.stamps.contract.Domain;
import dev.stampede.stamps.contract.ModelContract;
import dev.stampede.stamps.error.InvalidInputException;
import dev.stampede.stamps.npy.NpyArray;
import dev.stampede.stamps.npy.StampReading;
import dev.stampede.stamps.results.StampSource;
import dev.stampede.stamps.score.Prediction.Abstained;
import dev.stampede.stamps.stamp.Plane;
import dev.stampede.stamps.stamp.Stamp;
import dev.stampede.streaming.packet.Alert;
import dev.stampede.streaming.packet.AlertDecoder;
import dev.stampede.streaming.packet.DeadLetter;
import dev.stampede.streaming.packet.Decoded;
import dev.stampede.streaming.packet.PacketInput;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Stamps with published scores, in alert packets or in arrays. */
public final class GoldenFiles {
    private GoldenFiles() {}

    /**
     * The stamps of packets, decoded as the stream decodes them, with the score in their field {@code field}.
     *
     * @throws InvalidInputException if no packet has both
     */
    public static List<GoldenScore> packets(
            List<Path> inputs, PacketInput input, ModelContract.Input model, Domain domain, String field) {
        List<GoldenScore> golden = new ArrayList<>();
        List<Path> files = InputFiles.packets(inputs);
        String reason = "there is no file *.avro";
        int decoded = 0;
        AlertDecoder decoder = scored(input, field).newDecoder(model, domain);
        for (Path file : files) {
            Decoded packet = decoder.decode(InputFiles.readPacket(file));
            if (packet instanceof DeadLetter letter) {
                reason = file + ": " + letter.error() + ", " + letter.message();
            } else if (packet instanceof Alert alert && alert.abstention().isPresent()) {
                Abstained abstained = alert.abstention().get();
                reason = file + ": " + abstained.reason() + ", " + abstained.detail();
            } else if (packet instanceof Alert alert) {
                decoded++;
                Stamp stamp = alert.stamp().orElseThrow();
                alert.surveyScore().ifPresent(score -> golden.add(new GoldenScore(file.toString(), stamp, score)));
            }
        }

        if (decoded == 0) {
            throw new InvalidInputException(
                    "None of the " + files.size() + " golden packets can be decoded with all planes (" + reason + ").");
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
     * The stamps of an array or a table with the scores in a {@code .npy} file, of shape [N] or [N, 1].
     *
     * @throws InvalidInputException if they do not fit together
     */
    public static List<GoldenScore> arrays(Path stamps, Path scores, StampReading reading) {
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
            float[] values = new float[(int) file.size()];
            expected.read(0, values.length, values, 0);
            for (int i = 0; i < values.length; i++) {
                golden.add(new GoldenScore(stamps + " [" + i + "]", file.stamp(i), values[i]));
            }
        }
        return golden;
    }
}
