package dev.stampede.streaming.publish;

import dev.stampede.schemas.Classification;
import dev.stampede.schemas.ExplanationRequest;
import dev.stampede.schemas.Verdict;
import dev.stampede.stamps.explain.Grid;
import dev.stampede.stamps.explain.OcclusionMap;
import dev.stampede.stamps.explain.OcclusionSettings;
import dev.stampede.stamps.stamp.Stamp;
import dev.stampede.streaming.packet.SingleObject;
import dev.stampede.streaming.scoring.Explaining;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Writes requests for explanations, and explanations. Thread-safe. */
public final class ExplanationWriter {
    private final Explaining explaining;

    public ExplanationWriter(Explaining explaining) {
        this.explaining = explaining;
    }

    /**
     * The value of the record that asks for the map of {@code verdict}.
     *
     * @param stamp as it came, at least as large as the model's input; what the model looked at goes out
     * @param stampSize rows and columns of that, pixels
     */
    public byte[] request(Classification verdict, Stamp stamp, int stampSize) {
        Stamp judged = stamp.centreCrop(stampSize);
        return SingleObject.write(new ExplanationRequest(
                verdict, judged.channels(), judged.width(), judged.height(), StampAlertWriter.littleEndian(judged)));
    }

    /** {@code verdict} with its map. */
    public Classification explained(Classification verdict, OcclusionMap map) {
        OcclusionSettings settings = explaining.settings().occlusion();
        Grid pixels = map.pixels();
        float share = map.apertureShare();
        return with(
                verdict,
                new dev.stampede.schemas.OcclusionMap(
                        pixels.columns(),
                        pixels.rows(),
                        littleEndian(pixels),
                        settings.patch(),
                        settings.stride(),
                        settings.fill().fillName(),
                        explaining.settings().searchName(),
                        Float.isNaN(share) ? null : share),
                explaining.isOnBackground(verdict.getVerdict() == Verdict.REAL, map));
    }

    /** Avro's own builder copies only where a switch of the whole JVM trusts our classes. */
    private static Classification with(
            Classification verdict, dev.stampede.schemas.OcclusionMap map, boolean judgedOnBackground) {
        return new Classification(
                verdict.getAlertId(),
                verdict.getObjectId(),
                verdict.getSurvey(),
                verdict.getBand(),
                verdict.getVerdict(),
                verdict.getAbstentionReason(),
                verdict.getProbability(),
                verdict.getThreshold(),
                verdict.getModelName(),
                verdict.getModelVersion(),
                verdict.getModelSha256(),
                verdict.getRecipe(),
                verdict.getExecutionProvider(),
                verdict.getMjd(),
                verdict.getTimeScale(),
                verdict.getIngestTime(),
                verdict.getScoredTime(),
                verdict.getQuality(),
                verdict.getCrop(),
                verdict.getSurveyScore(),
                map,
                judgedOnBackground,
                verdict.getProbabilitySpread());
    }

    private static ByteBuffer littleEndian(Grid grid) {
        float[] values = new float[grid.rows() * grid.columns()];
        grid.copyTo(values, 0);
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return bytes;
    }
}
