package dev.stampede.streaming.archive;

import dev.stampede.stamps.score.Abstention;
import dev.stampede.streaming.packet.ErrorClass;
import java.util.EnumMap;
import java.util.Map;

/** What became of the alerts that an archive was made of. Every alert that was read is in exactly one count. */
public final class ArchiveTally {
    private final Map<ErrorClass, Long> unreadable = new EnumMap<>(ErrorClass.class);
    private final Map<Abstention, Long> abstained = new EnumMap<>(Abstention.class);
    private long read;
    private long unlabelled;
    private long repeated;
    private long real;
    private long bogus;

    void read() {
        read++;
    }

    void unreadable(ErrorClass error) {
        unreadable.merge(error, 1L, Long::sum);
    }

    void unlabelled() {
        unlabelled++;
    }

    void repeated() {
        repeated++;
    }

    void abstained(Abstention reason) {
        abstained.merge(reason, 1L, Long::sum);
    }

    void written(boolean isReal) {
        if (isReal) {
            real++;
        } else {
            bogus++;
        }
    }

    /** Records of the topic of alerts. */
    public long alerts() {
        return read;
    }

    /** Those that are no alerts, by why. */
    public Map<ErrorClass, Long> unreadableAlerts() {
        return Map.copyOf(unreadable);
    }

    /** Alerts that nobody has labelled. */
    public long unlabelledAlerts() {
        return unlabelled;
    }

    /** Labelled alerts that came once more under the id of one before, as after a replay. */
    public long repeatedAlerts() {
        return repeated;
    }

    /** Labelled alerts whose stamps cannot be judged, by why. */
    public Map<Abstention, Long> abstentions() {
        return Map.copyOf(abstained);
    }

    /** Stamps in the archive that are real. */
    public long realStamps() {
        return real;
    }

    /** Stamps in the archive that are bogus. */
    public long bogusStamps() {
        return bogus;
    }
}
