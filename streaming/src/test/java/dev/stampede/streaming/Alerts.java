package dev.stampede.streaming;

import dev.stampede.schemas.Coadd;
import dev.stampede.schemas.CoaddKind;
import dev.stampede.schemas.StampAlert;
import dev.stampede.schemas.TimeScale;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;

/** Alerts for tests. */
public final class Alerts {
    public static final int SIDE = 21;

    private Alerts() {}

    /** An alert with one median coadd whose pixels are all {@code value}. */
    public static StampAlert uniform(String id, float value) {
        float[] pixels = new float[SIDE * SIDE];
        Arrays.fill(pixels, value);
        return with(id, coadd(CoaddKind.MEDIAN, SIDE, SIDE, pixels));
    }

    /** The same of the known object 2004 JQ12, a quarter of an arcsecond from its prediction. */
    public static StampAlert ofKnownObject(String id, float value, String ssObjectId) {
        StampAlert alert = uniform(id, value);
        Classifications.with(alert, "ssObjectId", ssObjectId);
        Classifications.with(alert, "knownObjectName", "2004 JQ12");
        return Classifications.with(alert, "knownObjectDistanceArcsec", 0.25);
    }

    public static StampAlert with(String id, Coadd... coadds) {
        return StampAlert.newBuilder()
                .setAlertId(id)
                .setObjectId("object-" + id)
                .setSurvey("DEEP")
                .setInstrument("DECam")
                .setBand("VR")
                .setMjd(58577.25)
                .setTimeScale(TimeScale.TAI)
                .setRightAscensionDegrees(216.5)
                .setDeclinationDegrees(-13.25)
                .setCoadds(List.of(coadds))
                .setExplain(true)
                .build();
    }

    public static Coadd coadd(CoaddKind kind, int width, int height, float... pixels) {
        ByteBuffer bytes = ByteBuffer.allocate(pixels.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(pixels);
        return new Coadd(kind, width, height, bytes);
    }
}
