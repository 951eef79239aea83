package dev.stampede.stamps.contract;

import java.nio.file.Path;

/** The bytes of a model file with their SHA-256 and where they came from. */
public final class ModelFile {
    private ModelFile() {}

    /** Reads the file at {@code path}; throws {@link InvalidModelException} where it is absent or unreadable. */
    public static ModelFile read(Path path) {
        throw new UnsupportedOperationException();
    }

    /** The model that ships with Stampede. */
    public static ModelFile shipped() {
        throw new UnsupportedOperationException();
    }

    /** SHA-256 of the bytes, 64 lower-case hexadecimal digits. */
    public String sha256() {
        throw new UnsupportedOperationException();
    }

    /** Where it came from, for messages: a path, or {@code the shipped model}. */
    public String origin() {
        throw new UnsupportedOperationException();
    }

    /** A copy of the bytes. */
    public byte[] bytes() {
        throw new UnsupportedOperationException();
    }
}
