package dev.stampede.streaming.packet;

/** Decodes Avro binary of one schema. Reuses memory: one instance per thread. */
@FunctionalInterface
interface RecordReader {
    /** Decodes {@code bytes} from {@code start} to {@code end}. Never throws. */
    Decoded read(byte[] bytes, int start, int end);
}
