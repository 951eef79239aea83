package dev.stampede.streaming.packet;

import dev.stampede.schemas.StampAlert;
import dev.stampede.streaming.wire.ErrorClass;
import dev.stampede.streaming.wire.GeneratedClasses;
import java.io.IOException;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificDatumReader;
import org.jspecify.annotations.Nullable;

/** Decodes stamp alerts of one version of their schema. */
final class StampAlertReader implements RecordReader {
    private final Schema writer;
    private final AlertAssembly assembly;
    private final SpecificDatumReader<StampAlert> reader;
    private @Nullable BinaryDecoder binary;
    /** The last alert, whose memory is reused: only its texts may be retained. */
    private @Nullable StampAlert last;

    StampAlertReader(Schema writer, AlertAssembly assembly) {
        this.writer = writer;
        this.assembly = assembly;
        this.reader = new SpecificDatumReader<>(writer, StampAlert.getClassSchema(), new GeneratedClasses());
    }

    @Override
    public Optional<Schema> writer() {
        return Optional.of(writer);
    }

    @Override
    public Decoded read(byte[] bytes, int start, int end) {
        StampAlert wire;
        try {
            binary = DecoderFactory.get().binaryDecoder(bytes, start, end - start, binary);
            wire = reader.read(last, binary);
            last = wire;
            if (!binary.isEnd()) {
                return DeadLetter.of(ErrorClass.CORRUPT_AVRO, "there are extra bytes after the alert");
            }
        } catch (IOException | RuntimeException e) {
            return DeadLetter.corrupt(e);
        }
        return assembly.assemble(wire);
    }
}
