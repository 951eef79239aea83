package dev.stampede.streaming.label;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.Map;
import java.util.TreeMap;

/** The {@code counts} of an export manifest. Every alert that was read is in exactly one of the alert or stamp counts. */
@JsonAutoDetect(fieldVisibility = JsonAutoDetect.Visibility.ANY)
@JsonNaming(SnakeCaseStrategy.class)
final class ExportCounts {
    long alertsRead;
    long alertsWithoutLabel;
    /** Labelled alerts with the id of an earlier one, as after a replay. */
    long alertsRepeated;
    /** Records that cannot be decoded, by error class. */
    final Map<String, Long> alertsUnreadable = new TreeMap<>();
    /** Labelled alerts on whose stamp the model abstains, by reason. */
    final Map<String, Long> stampsLeftOut = new TreeMap<>();

    long stampsReal;
    long stampsBogus;
    long labelsRead;
    long labelsSuperseded;
    long labelsUnreadable;
    long labelledAlertsNotInRange;
    long labellersDisagree;

    void addUnreadable(Enum<?> error) {
        alertsUnreadable.merge(error.name(), 1L, Long::sum);
    }

    void addLeftOut(Enum<?> reason) {
        stampsLeftOut.merge(reason.name(), 1L, Long::sum);
    }

    void addWritten(boolean isReal) {
        if (isReal) {
            stampsReal++;
        } else {
            stampsBogus++;
        }
    }
}
