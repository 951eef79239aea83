package dev.stampede.stamps.contract;

import dev.stampede.stamps.error.FailureReason;
import dev.stampede.stamps.file.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The bytes of a model file with their SHA-256 and their origin. Immutable. */
public final class ModelFile {
    /** A hundred times the largest network of the project; a larger file is not a model of stamps. */
    public static final int MAX_BYTES = 512 << 20;

    /** The names of the models that ship with Stampede, for messages; the first is the default. */
    public static final String NAMES = "vgg6, compact, compact-median, resnet14, difference";

    /** The same as a list. */
    public static final List<String> SHIPPED = List.of(NAMES.split(", "));

    private static final String FOLDER = "/dev/stampede/stamps/models/";
    private static final String REMEDY = "; name a model file, or train one with ./stampede train";

    private final byte[] bytes;
    private final String origin;
    private final String sha256;

    private ModelFile(byte[] bytes, String origin) {
        if (bytes.length == 0) {
            throw new InvalidModelException("the model file " + origin + " is empty" + REMEDY);
        }
        if (bytes.length > MAX_BYTES) {
            throw tooLarge(origin);
        }
        this.bytes = bytes;
        this.origin = origin;
        this.sha256 = Sha256.of(bytes);
    }

    /**
     * A model whose bytes do not come from a file, such as a record of the models topic.
     *
     * @param origin their source, for messages
     * @throws InvalidModelException if there are no bytes, or more than {@link #MAX_BYTES}
     */
    public static ModelFile of(byte[] bytes, String origin) {
        return new ModelFile(bytes.clone(), origin);
    }

    /**
     * Reads the file at {@code path}, or the shipped model of that name: {@code vgg6} is the shipped one, {@code ./vgg6}
     * a file. Throws {@link InvalidModelException} if it is absent or unreadable.
     */
    public static ModelFile read(Path path) {
        if (SHIPPED.contains(path.toString())) {
            return shipped(path.toString());
        }
        if (Files.notExists(path)) {
            throw new InvalidModelException(
                    "the model file " + path + " does not exist; name a model file or a shipped model (" + NAMES
                            + "), or train one with ./stampede train");
        }
        if (Files.isDirectory(path)) {
            throw new InvalidModelException(path + " is a directory, not a model file" + REMEDY);
        }
        if (!Files.isReadable(path)) {
            throw new InvalidModelException(
                    "the model file " + path + " is not readable by this user; change its permissions");
        }
        try (InputStream content = Files.newInputStream(path)) {
            if (Files.size(path) > MAX_BYTES) { // before it is read into memory
                throw tooLarge(path.toString());
            }
            return readAll(content, path.toString());
        } catch (IOException failure) {
            throw new InvalidModelException(
                    "the model file " + path + " cannot be read: " + FailureReason.of(failure), failure);
        }
    }

    /** The default model. */
    public static ModelFile shipped() {
        return shipped(SHIPPED.get(0));
    }

    private static ModelFile shipped(String name) {
        try (InputStream content = ModelFile.class.getResourceAsStream(FOLDER + name + ".onnx")) {
            if (content == null) {
                throw new InvalidModelException("this build of Stampede lacks the model " + name + REMEDY);
            }
            return readAll(content, "the shipped model " + name);
        } catch (IOException failure) {
            throw new InvalidModelException(
                    "the shipped model " + name + " cannot be read: " + FailureReason.of(failure), failure);
        }
    }

    private static ModelFile readAll(InputStream content, String origin) throws IOException {
        return new ModelFile(content.readNBytes(MAX_BYTES + 1), origin);
    }

    private static InvalidModelException tooLarge(String origin) {
        return new InvalidModelException(
                "the model file " + origin + " has more than " + (MAX_BYTES >> 20) + " MiB" + REMEDY);
    }

    /**
     * Checks that the model keeps no weights in other files (external data), which ONNX Runtime would open.
     *
     * @throws InvalidModelException if it is not an ONNX file, or needs other files
     */
    public void requireSelfContained() {
        try {
            if (ExternalData.isUsedBy(bytes)) {
                throw new InvalidModelException(origin
                        + " keeps weights in other files (external_data), which are not opened; save it as one file");
            }
        } catch (IllegalArgumentException notOnnx) {
            throw new InvalidModelException(
                    origin + " is not an ONNX model (" + notOnnx.getMessage() + ")" + REMEDY, notOnnx);
        }
    }

    /** SHA-256 of the bytes, 64 lower-case hexadecimal digits. */
    public String sha256() {
        return sha256;
    }

    /** Its source, for messages: a path, or {@code the shipped model vgg6}. */
    public String origin() {
        return origin;
    }

    /** A copy of the bytes. */
    public byte[] bytes() {
        return bytes.clone();
    }

    @Override
    public String toString() {
        return origin + " (SHA-256 " + sha256 + ")";
    }
}
