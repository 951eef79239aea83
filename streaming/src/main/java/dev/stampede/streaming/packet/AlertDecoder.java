package dev.stampede.streaming.packet;

import dev.stampede.schemas.StampAlert;
import dev.stampede.stamps.stamp.CoaddKind;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificDatumReader;
import org.jspecify.annotations.Nullable;

/** Turns the value of a record into an alert, or into the reason why it is none. Reuses buffers: one instance a thread. */
public final class AlertDecoder {
    /** The longest message of a dead letter: enough to tell the cause, too little to flood a header. */
    private static final int MAX_MESSAGE = 300;

    private final AlertAssembly assembly;
    private final int maxValueBytes;
    private final Map<Long, SpecificDatumReader<StampAlert>> readers = new HashMap<>();
    private @Nullable BinaryDecoder binary;

    /**
     * @param channels the coadds the model looks at, in the order of its channels
     * @param maxValueBytes the largest value that is decoded
     */
    public AlertDecoder(List<CoaddKind> channels, int maxValueBytes) {
        this.assembly = new AlertAssembly(channels);
        this.maxValueBytes = maxValueBytes;
        GeneratedClasses classes = new GeneratedClasses();
        AlertSchemas.byFingerprint()
                .forEach((fingerprint, writer) -> readers.put(
                        fingerprint, new SpecificDatumReader<>(writer, StampAlert.getClassSchema(), classes)));
    }

    /** What {@code value} holds. Throws nothing, whatever the bytes are. */
    public Packet decode(byte @Nullable [] value) {
        if (value == null) {
            return new DeadLetter(ErrorClass.NULL_VALUE, "the record has no value");
        }
        if (value.length > maxValueBytes) {
            return new DeadLetter(
                    ErrorClass.VALUE_TOO_LARGE,
                    "the value has " + value.length + " bytes, more than the " + maxValueBytes + " that are accepted");
        }
        if (!SingleObject.frames(value)) {
            return new DeadLetter(
                    ErrorClass.UNKNOWN_FRAMING, "the value does not start as Avro's single-object encoding does");
        }
        long fingerprint = SingleObject.fingerprint(value);
        SpecificDatumReader<StampAlert> reader = readers.get(fingerprint);
        if (reader == null) {
            return new DeadLetter(
                    ErrorClass.UNKNOWN_SCHEMA,
                    "no StampAlert schema has the fingerprint " + Long.toHexString(fingerprint));
        }
        return read(reader, value);
    }

    private Packet read(SpecificDatumReader<StampAlert> reader, byte[] value) {
        StampAlert wire;
        try {
            binary = DecoderFactory.get()
                    .binaryDecoder(value, SingleObject.HEADER_BYTES, value.length - SingleObject.HEADER_BYTES, binary);
            wire = reader.read(null, binary);
            if (!binary.isEnd()) {
                return corrupt("bytes are left over after the alert");
            }
        } catch (IOException | RuntimeException e) {
            // Avro meets corrupt bytes with exceptions of many kinds, from EOFException to IndexOutOfBounds.
            return corrupt(e.getClass().getSimpleName() + ": " + e.getMessage());
        }
        return assembly.assemble(wire);
    }

    static DeadLetter corrupt(String message) {
        return new DeadLetter(
                ErrorClass.CORRUPT_AVRO, message.length() <= MAX_MESSAGE ? message : message.substring(0, MAX_MESSAGE));
    }
}
