package dev.stampede.streaming.packet;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Recognises values that begin as Confluent's wire format, with a zero byte, but are something else. */
final class OtherFraming {
    private static final int APICURIO_HEADER_BYTES = 1 + Long.BYTES;
    private static final String IN_KEY = InputFormat.SCHEMA_IN_KEY.word();

    private OtherFraming() {}

    /**
     * What {@code value} seems to be, and what to do; empty if it can be in Confluent's framing with an unknown id. Ids begin
     * at 1.
     */
    static Optional<String> of(byte[] value, byte @Nullable [] key) {
        int id = ByteBuffer.wrap(value).getInt(1);
        if (key != null && key.length > 0 && key[0] == '{' && new String(key, UTF_8).contains("\"fields\"")) {
            return Optional.of("the record key is an Avro schema: set input.format=" + IN_KEY);
        }
        if (id == 0 && value.length >= APICURIO_HEADER_BYTES) {
            return Optional.of("the value begins as the framing of Apicurio with the id "
                    + ByteBuffer.wrap(value).getLong(1)
                    + " of 8 bytes: let its producer write ids of 4 bytes (Legacy4ByteIdHandler)");
        }
        return id > 0
                ? Optional.empty()
                : Optional.of("the value begins with 0 as in Confluent's framing, but " + id
                        + " cannot be a schema id; for bare Avro with its schema in the record key set input.format="
                        + IN_KEY);
    }
}
