package dev.stampede.streaming.packet;

import dev.stampede.schemas.Coadd;
import dev.stampede.schemas.CoaddKind;
import dev.stampede.schemas.Cutout;
import dev.stampede.schemas.CutoutKind;
import dev.stampede.schemas.StampAlert;
import dev.stampede.schemas.TimeScale;
import dev.stampede.stamps.stamp.Plane;
import dev.stampede.stamps.stamp.Stamp;
import dev.stampede.streaming.wire.SingleObject;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** Encodes stamps as alerts without time and position. */
public final class StampAlertWriter {
    private StampAlertWriter() {}

    /** The record value for {@code stamp}, which consists of {@code planes}, in order. */
    public static byte[] write(String alertId, String survey, List<Plane> planes, Stamp stamp) {
        return SingleObject.write(alert(alertId, survey, planes, stamp));
    }

    /** An alert with {@code stamp}, which consists of {@code planes}, in order. */
    public static StampAlert alert(String alertId, String survey, List<Plane> planes, Stamp stamp) {
        List<Coadd> coadds = new ArrayList<>();
        List<Cutout> cutouts = new ArrayList<>();
        for (int index = 0; index < planes.size(); index++) {
            Plane plane = planes.get(index);
            ByteBuffer pixels = littleEndian(stamp.plane(index));
            if (plane.isCoadd()) {
                coadds.add(new Coadd(CoaddKind.valueOf(plane.name()), stamp.width(), stamp.height(), pixels));
            } else {
                cutouts.add(new Cutout(CutoutKind.valueOf(plane.name()), stamp.width(), stamp.height(), pixels));
            }
        }
        return StampAlert.newBuilder()
                .setAlertId(alertId)
                .setSurvey(survey)
                .setTimeScale(TimeScale.TAI)
                .setCoadds(coadds)
                .setCutouts(cutouts.isEmpty() ? null : cutouts)
                .build();
    }

    /** All pixels, plane by plane. */
    public static ByteBuffer littleEndian(Stamp stamp) {
        ByteBuffer bytes = ByteBuffer.allocate(stamp.planes() * stamp.width() * stamp.height() * Float.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN);
        stamp.copyTo(bytes.asFloatBuffer());
        return bytes;
    }
}
