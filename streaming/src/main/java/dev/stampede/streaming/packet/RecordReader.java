package dev.stampede.streaming.packet;

import java.util.Optional;
import org.apache.avro.Schema;

/** Decodes Avro binary of one schema. Reuses memory: one instance per thread. */
@FunctionalInterface
interface RecordReader {
    /** Decodes {@code bytes} from {@code start} to {@code end}. Never throws. */
    Decoded read(byte[] bytes, int start, int end);

    /** The schema of the bytes; empty if none of them can be decoded. */
    default Optional<Schema> writer() {
        return Optional.empty();
    }
}
