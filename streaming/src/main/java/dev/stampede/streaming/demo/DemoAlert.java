package dev.stampede.streaming.demo;

import dev.stampede.schemas.Coadd;
import dev.stampede.schemas.StampAlert;
import dev.stampede.schemas.TimeScale;
import dev.stampede.stamps.stamp.CoaddKind;
import dev.stampede.stamps.stamp.Stamp;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** The coadds of a simulated candidate, ready to be sent under any alert id. */
record DemoAlert(List<Coadd> coadds) {
    private static final String SURVEY = "DEMO";
    private static final double MJD = 60000;

    /** An alert with the channels of {@code stamp} as the coadds {@code channels}. */
    static DemoAlert of(List<CoaddKind> channels, Stamp stamp) {
        List<Coadd> coadds = new ArrayList<>();
        for (int channel = 0; channel < channels.size(); channel++) {
            coadds.add(new Coadd(
                    dev.stampede.schemas.CoaddKind.valueOf(channels.get(channel).name()),
                    stamp.width(),
                    stamp.height(),
                    littleEndian(stamp.channel(channel))));
        }
        return new DemoAlert(coadds);
    }

    private static ByteBuffer littleEndian(Stamp channel) {
        ByteBuffer bytes = ByteBuffer.allocate(channel.width() * channel.height() * Float.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN);
        channel.copyTo(bytes.asFloatBuffer());
        return bytes;
    }

    StampAlert named(String alertId) {
        return StampAlert.newBuilder()
                .setAlertId(alertId)
                .setSurvey(SURVEY)
                .setMjd(MJD)
                .setTimeScale(TimeScale.TAI)
                .setRightAscensionDegrees(0)
                .setDeclinationDegrees(0)
                .setCoadds(coadds)
                .build();
    }
}
