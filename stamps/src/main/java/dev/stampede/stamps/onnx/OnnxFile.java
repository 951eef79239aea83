package dev.stampede.stamps.onnx;

import dev.stampede.stamps.contract.InvalidModelException;
import dev.stampede.stamps.contract.ModelFile;
import dev.stampede.stamps.protobuf.ProtoField;
import dev.stampede.stamps.protobuf.ProtoWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The bytes of an ONNX file, whose metadata can be replaced. Field numbers are those of onnx.proto. Immutable. */
public final class OnnxFile {
    private static final int GRAPH = 7;
    private static final int METADATA = 14;
    private static final int NODE = 1;
    private static final int NODE_INPUT = 1;
    private static final int NODE_OUTPUT = 2;
    private static final int NODE_OPERATOR = 4;
    private static final int KEY = 1;
    private static final int VALUE = 2;

    /** Operators that only pass their first input on, in another shape or type. */
    private static final Set<String> PASSING = Set.of("Identity", "Cast", "Reshape", "Squeeze", "Unsqueeze", "Flatten");

    private static final int MAX_STEPS = 32;

    private final byte[] bytes;

    private OnnxFile(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * Reads {@code file}, and weights that it keeps in other files of its folder.
     *
     * @throws InvalidModelException if it is not an ONNX file, or one of those files cannot be read
     */
    public static OnnxFile read(Path file) {
        byte[] bytes = ModelFile.read(file).bytes();
        try {
            if (ProtoField.of(bytes, 0, bytes.length).stream()
                    .map(ProtoField::number)
                    .noneMatch(number -> number == GRAPH)) {
                throw new IllegalArgumentException("it has no graph");
            }
            Path folder = file.toAbsolutePath().resolveSibling("");
            return new OnnxFile(new ExternalWeights(folder.normalize()).takeIn(bytes));
        } catch (IllegalArgumentException e) {
            throw new InvalidModelException(file + " is not an ONNX file (" + e.getMessage() + ").", e);
        }
    }

    public byte[] bytes() {
        return bytes.clone();
    }

    /** The bytes of the same file with {@code metadata} in place of its own. */
    public byte[] withMetadata(Map<String, String> metadata) {
        ProtoWriter copy = new ProtoWriter();
        for (ProtoField field : ProtoField.of(bytes, 0, bytes.length)) {
            if (field.number() != METADATA) {
                copy.copy(bytes, field);
            }
        }
        metadata.forEach((key, value) -> copy.message(
                METADATA, new ProtoWriter().text(KEY, key).text(VALUE, value).toBytes()));
        return copy.toBytes();
    }

    /**
     * The operator that computes the tensor of that name, such as {@code Softmax}; operators that only change its shape or
     * type are passed over. Empty if no node computes it.
     */
    public Optional<String> operatorOf(String tensor) {
        String wanted = tensor;
        for (int step = 0; step < MAX_STEPS; step++) {
            Optional<Node> node = nodeOf(wanted);
            if (node.isEmpty() || !PASSING.contains(node.get().operator())) {
                return node.map(Node::operator);
            }
            wanted = node.get().firstInput();
        }
        return Optional.empty();
    }

    private record Node(String operator, String firstInput) {}

    private Optional<Node> nodeOf(String tensor) {
        for (ProtoField graph : ProtoField.of(bytes, 0, bytes.length)) {
            if (graph.number() != GRAPH) {
                continue;
            }
            for (ProtoField node : ProtoField.of(bytes, graph.from(), graph.end())) {
                if (node.number() == NODE) {
                    Optional<Node> found = nodeOf(node, tensor);
                    if (found.isPresent()) {
                        return found;
                    }
                }
            }
        }
        return Optional.empty();
    }

    private Optional<Node> nodeOf(ProtoField node, String tensor) {
        String operator = "";
        String input = "";
        boolean computes = false;
        for (ProtoField field : ProtoField.of(bytes, node.from(), node.end())) {
            switch (field.number()) {
                case NODE_INPUT -> input = input.isEmpty() ? field.text(bytes) : input;
                case NODE_OUTPUT -> computes |= field.text(bytes).equals(tensor);
                case NODE_OPERATOR -> operator = field.text(bytes);
                default -> {}
            }
        }
        return computes ? Optional.of(new Node(operator, input)) : Optional.empty();
    }
}
