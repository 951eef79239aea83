package dev.stampede.systemtests.harness;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.stampede.stamps.contract.ModelFile;
import java.io.ByteArrayOutputStream;

/** Adds metadata to ONNX models, which changes their SHA-256. */
public final class ModelMetadata {
    /** Of {@code onnx.proto}: field 14 of a model, {@code metadata_props}; fields 1 and 2 of an entry. Wire type 2. */
    private static final int METADATA_TAG = 14 << 3 | 2;

    private static final int KEY_TAG = 1 << 3 | 2;
    private static final int VALUE_TAG = 2 << 3 | 2;

    private ModelMetadata() {}

    /** The model with one more entry, which overrides an earlier one of that key: protobuf appends repeated fields. */
    public static ModelFile with(ModelFile model, String key, String value) {
        ByteArrayOutputStream entry = new ByteArrayOutputStream();
        write(entry, KEY_TAG, key.getBytes(UTF_8));
        write(entry, VALUE_TAG, value.getBytes(UTF_8));
        ByteArrayOutputStream changed = new ByteArrayOutputStream();
        changed.writeBytes(model.bytes());
        write(changed, METADATA_TAG, entry.toByteArray());
        return ModelFile.of(changed.toByteArray(), model.origin() + " with " + key + "=" + value);
    }

    /** Writes a field of fewer than 128 bytes, whose length takes one byte. */
    private static void write(ByteArrayOutputStream to, int tag, byte[] content) {
        to.write(tag);
        to.write(content.length);
        to.writeBytes(content);
    }
}
