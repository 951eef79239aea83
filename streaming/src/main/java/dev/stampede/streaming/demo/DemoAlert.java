package dev.stampede.streaming.demo;

import dev.stampede.schemas.Coadd;
import dev.stampede.schemas.StampAlert;
import dev.stampede.stamps.stamp.CoaddKind;
import dev.stampede.stamps.stamp.Stamp;
import dev.stampede.streaming.publish.StampAlertWriter;
import java.util.List;

/** The coadds of a simulated candidate, ready to be sent under any alert id. */
record DemoAlert(List<Coadd> coadds) {
    private static final String SURVEY = "DEMO";

    /** An alert with the channels of {@code stamp} as the coadds {@code channels}. */
    static DemoAlert of(List<CoaddKind> channels, Stamp stamp) {
        return new DemoAlert(StampAlertWriter.coadds(channels, stamp));
    }

    StampAlert named(String alertId) {
        return StampAlertWriter.alert(alertId, SURVEY, coadds);
    }
}
