package dev.stampede.stamps.hdf5;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Object headers of version 1: a prefix of 16 bytes, then messages in blocks. */
class CompoundTypeTest {
    private static final int PREFIX = 16;
    private static final int MESSAGE = 8;

    @TempDir
    private Path folder;

    /** A compound of one text of 5 bytes, whose name has {@code length} characters. */
    private static byte[] type(int length) {
        int padded = (length / 8 + 1) * 8;
        ByteBuffer type = buffer(8 + padded + 4 + 28 + 8);
        type.put(new byte[] {0x16, 1, 0, 0}).putInt(5);
        type.put("n".repeat(length).getBytes(US_ASCII)).position(8 + padded + 4 + 28);
        type.put(CompoundType.textType(5));
        return bytes(type);
    }

    private static ByteBuffer buffer(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.capacity()];
        buffer.rewind().get(bytes);
        return bytes;
    }

    private static ByteBuffer message(ByteBuffer header, int kind, byte[] content) {
        return header.putShort((short) kind)
                .putShort((short) content.length)
                .putInt(0)
                .put(content);
    }

    private static byte[] continuation(long at, long length) {
        return bytes(buffer(16).putLong(at).putLong(length));
    }

    private CompoundType read(ByteBuffer header) throws IOException {
        Path file = Files.write(folder.resolve("header"), bytes(header));
        try (FileChannel channel = FileChannel.open(file)) {
            return CompoundType.read(channel, 0);
        }
    }

    /** A header with a continuation of {@code length} bytes after its first block, in front of the type. */
    private static ByteBuffer continued(long length) {
        byte[] type = type(3);
        int block = MESSAGE + 16 + MESSAGE + type.length;
        ByteBuffer header = buffer(PREFIX + block + MESSAGE);
        header.put((byte) 1).position(8);
        header.putInt(block).position(PREFIX);
        message(header, 16, continuation(PREFIX + block, length));
        message(header, 3, type);
        return message(header, 0, new byte[0]);
    }

    @Test
    void readsTheMessagesAfterAContinuation() throws IOException {
        CompoundType type = read(continued(MESSAGE));
        assertThat(type.encoded()).isEqualTo(type(3));
        assertThat(type.rowBytes()).isEqualTo(5);
    }

    @Test
    void refusesABlockThatIsLongerThanAnyOfTheLibrary() {
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> read(continued(1L << 40)))
                .withMessageContaining("a block of an object header has 1099511627776 bytes");
    }

    @Test
    void refusesColumnsThatHdf5CannotDescribe() throws IOException {
        byte[] type = type(65_440);
        ByteBuffer header = buffer(PREFIX + MESSAGE + type.length);
        header.put((byte) 1).position(8);
        header.putInt(MESSAGE + type.length).position(PREFIX);
        CompoundType read = read(message(header, 3, type));

        assertThat(read.with(List.of()).encoded()).isEqualTo(type);
        assertThatExceptionOfType(CompoundType.UnknownTypeException.class)
                .isThrownBy(() -> read.with(List.of(new CompoundType.Member("added", 64, true))))
                .withMessageContaining("in up to 65528 bytes");
    }
}
