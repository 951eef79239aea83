package dev.stampede.benchmarks.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.stampede.stamps.contract.ModelFile;
import java.io.ByteArrayOutputStream;

/** The same model under another SHA-256: releasing it swaps models and changes no verdict and no cost. */
final class TwinModel {
    /** Of {@code onnx.proto}: field 14 of a model, {@code metadata_props}, length-delimited; 1 and 2 of an entry. */
    private static final int METADATA_TAG = (14 << 3) | 2;

    private static final int KEY_TAG = (1 << 3) | 2;
    private static final int VALUE_TAG = (2 << 3) | 2;

    private TwinModel() {}

    /** The twin of that number, 0 to 9999: protobuf appends what follows a message to its repeated fields. */
    static ModelFile of(ModelFile model, int number) {
        ByteArrayOutputStream entry = new ByteArrayOutputStream();
        write(entry, KEY_TAG, "twin".getBytes(UTF_8));
        write(entry, VALUE_TAG, String.valueOf(number).getBytes(UTF_8));
        ByteArrayOutputStream twin = new ByteArrayOutputStream();
        twin.writeBytes(model.bytes());
        write(twin, METADATA_TAG, entry.toByteArray());
        return ModelFile.of(twin.toByteArray(), "twin " + number + " of " + model.origin());
    }

    /** A field of fewer than 128 bytes, so that its length takes one. */
    private static void write(ByteArrayOutputStream to, int tag, byte[] content) {
        to.write(tag);
        to.write(content.length);
        to.writeBytes(content);
    }
}
