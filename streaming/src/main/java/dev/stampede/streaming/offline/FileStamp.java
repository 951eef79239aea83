package dev.stampede.streaming.offline;

import dev.stampede.stamps.stamp.CandidateFeatures;
import dev.stampede.stamps.stamp.Stamp;
import dev.stampede.streaming.packet.Alert;
import dev.stampede.streaming.packet.DeadLetter;
import dev.stampede.streaming.packet.Decoded;
import org.jspecify.annotations.Nullable;

/**
 * A candidate in a file or a topic, or the reason why it cannot be read.
 *
 * @param file its path; one in an archive follows that of the archive. Of a record its topic, partition and offset
 * @param index the position in the file, from 0
 * @param id of a table; null for a packet, or if there is none
 * @param alert the decoded packet; null for an array
 * @param stamp the input of the model; null if it cannot be read, or the packet lacks a plane of the model
 * @param failure null if it was read
 */
public record FileStamp(
        String file,
        long index,
        @Nullable String id,
        @Nullable Alert alert,
        @Nullable Stamp stamp,
        @Nullable Failure failure) {
    /**
     * Why a candidate cannot be read.
     *
     * @param errorClass that of the dead letter, or {@link #UNREADABLE_FILE}
     * @param message describes the cause
     */
    public record Failure(String errorClass, String message) {}

    /** The error class of a file that cannot be read, or is not an array of stamps. */
    public static final String UNREADABLE_FILE = "UNREADABLE_FILE";

    static FileStamp of(String file, long index, @Nullable String id, Stamp stamp) {
        return new FileStamp(file, index, id, null, stamp, null);
    }

    /** An alert of a packet or a container file, or the reason why it cannot be decoded. */
    public static FileStamp of(String file, long index, Decoded packet) {
        if (packet instanceof Alert alert) {
            return new FileStamp(file, index, null, alert, alert.stamp().orElse(null), null);
        }
        DeadLetter letter = (DeadLetter) packet;
        return failed(file, index, letter.error().name(), letter.message());
    }

    /** The same candidate of which {@code known} is known; without a stamp nothing changes. */
    FileStamp withFeatures(CandidateFeatures known) {
        return stamp == null ? this : new FileStamp(file, index, id, alert, stamp.withFeatures(known), failure);
    }

    static FileStamp unreadable(String file, RuntimeException failure) {
        return failed(file, 0, UNREADABLE_FILE, String.valueOf(failure.getMessage()));
    }

    private static FileStamp failed(String file, long index, String errorClass, String message) {
        return new FileStamp(file, index, null, null, null, new Failure(errorClass, message));
    }

    /** The name of the candidate for captions: survey and id of an alert, the id in a table, or the index. */
    public String caption() {
        if (alert != null) {
            return alert.survey() + " " + alert.id();
        }
        return id == null ? "stamp " + index : id;
    }
}
