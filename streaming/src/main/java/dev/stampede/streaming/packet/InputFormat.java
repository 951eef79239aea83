package dev.stampede.streaming.packet;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** How a value of a record is framed, or that its first bytes tell. */
public enum InputFormat {
    /** By the first bytes. */
    AUTO,
    /** Avro's object container file, the schema inside. */
    OCF,
    /** Confluent's: a zero, the schema's number as four big-endian bytes, Avro binary. */
    CONFLUENT,
    /** Avro's single-object encoding: two marker bytes, the schema's fingerprint, Avro binary. */
    SINGLE_OBJECT;

    static final int CONFLUENT_HEADER_BYTES = 1 + Integer.BYTES;

    /** The words of the setting. */
    public static List<String> words() {
        return Arrays.stream(values()).map(InputFormat::word).toList();
    }

    /** The word of the setting, such as {@code single-object}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The format of that word, which must be one of {@link #words}. */
    public static InputFormat of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    /** The framing of {@code value}; empty where it starts like none, or not like this one. */
    Optional<InputFormat> framing(byte[] value) {
        Optional<InputFormat> found = sniff(value);
        return this == AUTO ? found : found.filter(this::equals);
    }

    private static Optional<InputFormat> sniff(byte[] value) {
        if (ContainerFile.frames(value)) {
            return Optional.of(OCF);
        }
        if (SingleObject.frames(value)) {
            return Optional.of(SINGLE_OBJECT);
        }
        return value.length >= CONFLUENT_HEADER_BYTES && value[0] == 0 ? Optional.of(CONFLUENT) : Optional.empty();
    }
}
