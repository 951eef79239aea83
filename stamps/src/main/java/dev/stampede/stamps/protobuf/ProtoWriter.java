package dev.stampede.stamps.protobuf;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Builds a protobuf message field by field. */
public final class ProtoWriter {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    /** Copies a field of another message. */
    public ProtoWriter copy(byte[] source, ProtoField field) {
        bytes.write(source, field.start(), field.end() - field.start());
        return this;
    }

    public ProtoWriter message(int number, byte[] content) {
        varint(((long) number << 3) | ProtoField.DELIMITED);
        varint(content.length);
        bytes.writeBytes(content);
        return this;
    }

    public ProtoWriter text(int number, String text) {
        return message(number, text.getBytes(StandardCharsets.UTF_8));
    }

    private void varint(long value) {
        long rest = value;
        while (rest >>> 7 != 0) {
            bytes.write((int) ((rest & 0x7f) | 0x80));
            rest >>>= 7;
        }
        bytes.write((int) rest);
    }

    public byte[] toBytes() {
        return bytes.toByteArray();
    }
}
