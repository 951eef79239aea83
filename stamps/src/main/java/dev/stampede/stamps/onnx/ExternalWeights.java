package dev.stampede.stamps.onnx;

import dev.stampede.stamps.error.FailureReason;
import dev.stampede.stamps.protobuf.OnnxMessage;
import dev.stampede.stamps.protobuf.ProtoField;
import dev.stampede.stamps.protobuf.ProtoWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Takes weights that an ONNX file keeps in other files (external data) into the file. */
final class ExternalWeights {
    private static final int TENSOR_RAW_DATA = 9;

    private final Path folder;
    private final Map<String, byte[]> files = new HashMap<>();

    /** @param folder that of the ONNX file; no other is read */
    ExternalWeights(Path folder) {
        this.folder = folder;
    }

    /** The model with all weights; throws IllegalArgumentException if it is not ONNX or a file cannot be read. */
    byte[] takeIn(byte[] model) {
        return rewrite(model, 0, model.length, OnnxMessage.MODEL, 0);
    }

    private byte[] rewrite(byte[] bytes, int from, int end, OnnxMessage message, int level) {
        OnnxMessage.requireLevel(level);
        List<ProtoField> fields = ProtoField.of(bytes, from, end);
        boolean isExternal = message == OnnxMessage.TENSOR
                && fields.stream().anyMatch(field -> field.number() == OnnxMessage.EXTERNAL_DATA);
        ProtoWriter copy = new ProtoWriter();
        Map<String, String> external = new HashMap<>();
        for (ProtoField field : fields) {
            Optional<OnnxMessage> inner = message.inner(field);
            if (isExternal && field.number() == OnnxMessage.EXTERNAL_DATA) {
                addEntry(bytes, field, external);
            } else if (isExternal && field.number() == OnnxMessage.DATA_LOCATION) {
                // left out: the weights are now in this file
            } else if (inner.isPresent()) {
                copy.message(field.number(), rewrite(bytes, field.from(), field.end(), inner.get(), level + 1));
            } else {
                copy.copy(bytes, field);
            }
        }
        if (isExternal) {
            copy.message(TENSOR_RAW_DATA, content(external));
        }
        return copy.toBytes();
    }

    private static void addEntry(byte[] bytes, ProtoField entry, Map<String, String> external) {
        String key = "";
        String value = "";
        for (ProtoField part : ProtoField.of(bytes, entry.from(), entry.end())) {
            if (part.number() == 1) {
                key = part.text(bytes);
            } else if (part.number() == 2) {
                value = part.text(bytes);
            }
        }
        external.put(key, value);
    }

    private byte[] content(Map<String, String> external) {
        String location = external.getOrDefault("location", "");
        byte[] file = files.computeIfAbsent(location, this::read);
        long offset = Long.parseLong(external.getOrDefault("offset", "0"));
        long length = Long.parseLong(external.getOrDefault("length", String.valueOf(file.length - offset)));
        if (offset < 0 || length < 0 || offset + length > file.length) {
            throw new IllegalArgumentException("its weights lie outside the file " + location);
        }
        return Arrays.copyOfRange(file, (int) offset, (int) (offset + length));
    }

    private byte[] read(String location) {
        Path file = folder.resolve(location).normalize();
        if (location.isEmpty() || !file.startsWith(folder)) {
            throw new IllegalArgumentException("it keeps weights in '" + location + "', outside its folder");
        }
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new IllegalArgumentException("its weights in " + file + " cannot be read: " + FailureReason.of(e), e);
        }
    }
}
