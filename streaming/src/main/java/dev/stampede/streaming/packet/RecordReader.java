package dev.stampede.streaming.packet;

/** Turns Avro binary of one schema into a packet. Reuses memory: one instance a thread. */
@FunctionalInterface
interface RecordReader {
    /** The alert in {@code bytes} from {@code start} to {@code end}, or why it is none. Throws nothing. */
    Packet read(byte[] bytes, int start, int end);
}
