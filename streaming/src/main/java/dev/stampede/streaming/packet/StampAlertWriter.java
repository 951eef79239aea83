package dev.stampede.streaming.packet;

import dev.stampede.schemas.Coadd;
import dev.stampede.schemas.StampAlert;
import dev.stampede.schemas.TimeScale;
import dev.stampede.stamps.stamp.CoaddKind;
import dev.stampede.stamps.stamp.Stamp;
import dev.stampede.streaming.wire.SingleObject;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** Encodes stamps without metadata as alerts; the date is a placeholder and the position 0, 0. */
public final class StampAlertWriter {
    private static final double MJD = 60000;

    private StampAlertWriter() {}

    /** The record value for {@code stamp}, whose channels are {@code kinds}, in order. */
    public static byte[] write(String alertId, String survey, List<CoaddKind> kinds, Stamp stamp) {
        return SingleObject.write(alert(alertId, survey, coadds(kinds, stamp)));
    }

    /** An alert with {@code coadds}. */
    public static StampAlert alert(String alertId, String survey, List<Coadd> coadds) {
        return StampAlert.newBuilder()
                .setAlertId(alertId)
                .setSurvey(survey)
                .setMjd(MJD)
                .setTimeScale(TimeScale.TAI)
                .setRightAscensionDegrees(0)
                .setDeclinationDegrees(0)
                .setCoadds(coadds)
                .build();
    }

    /** The channels of {@code stamp}, which are {@code kinds}, as Avro records. */
    public static List<Coadd> coadds(List<CoaddKind> kinds, Stamp stamp) {
        List<Coadd> coadds = new ArrayList<>();
        for (int channel = 0; channel < kinds.size(); channel++) {
            coadds.add(new Coadd(
                    dev.stampede.schemas.CoaddKind.valueOf(kinds.get(channel).name()),
                    stamp.width(),
                    stamp.height(),
                    littleEndian(stamp.channel(channel))));
        }
        return coadds;
    }

    /** All pixels, channel by channel. */
    public static ByteBuffer littleEndian(Stamp stamp) {
        ByteBuffer bytes = ByteBuffer.allocate(stamp.channels() * stamp.width() * stamp.height() * Float.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN);
        stamp.copyTo(bytes.asFloatBuffer());
        return bytes;
    }
}
