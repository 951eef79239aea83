package dev.stampede.stamps.onnx;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Takes weights that an ONNX file keeps in other files (external data) into the file. */
final class ExternalWeights {
    private static final int TENSOR_RAW_DATA = 9;
    private static final int TENSOR_EXTERNAL_DATA = 13;
    private static final int TENSOR_LOCATION = 14;

    /** A message of onnx.proto, with the fields that lead to a tensor. */
    private enum Message {
        MODEL,
        GRAPH,
        NODE,
        ATTRIBUTE,
        TENSOR
    }

    private static final Map<Message, Map<Integer, Message>> INNER = Map.of(
            Message.MODEL, Map.of(7, Message.GRAPH),
            Message.GRAPH, Map.of(1, Message.NODE, 5, Message.TENSOR),
            Message.NODE, Map.of(5, Message.ATTRIBUTE),
            Message.ATTRIBUTE, Map.of(5, Message.TENSOR, 6, Message.GRAPH, 10, Message.TENSOR, 11, Message.GRAPH),
            Message.TENSOR, Map.of());

    private final Path folder;
    private final Map<String, byte[]> files = new HashMap<>();

    /** @param folder that of the ONNX file; no other is read */
    ExternalWeights(Path folder) {
        this.folder = folder;
    }

    /** The model with all weights; throws IllegalArgumentException if it is not ONNX or a file cannot be read. */
    byte[] takeIn(byte[] model) {
        return rewrite(model, 0, model.length, Message.MODEL);
    }

    private byte[] rewrite(byte[] bytes, int from, int end, Message message) {
        List<ProtoField> fields = ProtoField.of(bytes, from, end);
        boolean isExternal =
                message == Message.TENSOR && fields.stream().anyMatch(field -> field.number() == TENSOR_EXTERNAL_DATA);
        ProtoWriter copy = new ProtoWriter();
        Map<String, String> external = new HashMap<>();
        for (ProtoField field : fields) {
            Message inner = INNER.getOrDefault(message, Map.of()).get(field.number());
            if (isExternal && field.number() == TENSOR_EXTERNAL_DATA) {
                addEntry(bytes, field, external);
            } else if (isExternal && field.number() == TENSOR_LOCATION) {
                // left out: the weights are now in this file
            } else if (inner != null && field.type() == ProtoField.DELIMITED) {
                copy.message(field.number(), rewrite(bytes, field.from(), field.end(), inner));
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
            throw new IllegalArgumentException("its weights in " + file + " cannot be read: " + e.getMessage(), e);
        }
    }
}
