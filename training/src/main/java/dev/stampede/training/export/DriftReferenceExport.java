package dev.stampede.training.export;

import dev.stampede.stamps.contract.ModelContract;
import dev.stampede.stamps.contract.ModelFile;
import dev.stampede.stamps.population.ReferencePopulation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import onnx.Onnx.ModelProto;
import onnx.Onnx.StringStringEntryProto;
import org.nd4j.shade.protobuf.InvalidProtocolBufferException;

/** Copies a model file with another drift reference and version; network and the rest of the contract stay unchanged. */
public final class DriftReferenceExport {
    private DriftReferenceExport() {}

    /**
     * Writes {@code file}, a copy of {@code model} that holds {@code reference}, and verifies it as a scorer does.
     *
     * @param version of the copy, since two files may not have one name and version
     *
     * @throws ExportException if the verification of the copy fails
     * @throws IOException if the file cannot be written
     */
    public static void write(ModelFile model, String version, ReferencePopulation reference, Path file)
            throws IOException {
        Map<String, String> entries =
                Map.of(ReferencePopulation.ENTRY, reference.text(), ModelContract.MODEL_VERSION, version);
        ModelExport.write(with(model, entries), verified -> true, file);
    }

    private static byte[] with(ModelFile model, Map<String, String> entries) {
        try {
            ModelProto.Builder copy = ModelProto.parseFrom(model.bytes()).toBuilder();
            for (int i = copy.getMetadataPropsCount() - 1; i >= 0; i--) {
                if (entries.containsKey(copy.getMetadataProps(i).getKey())) {
                    copy.removeMetadataProps(i);
                }
            }
            new TreeMap<>(entries)
                    .forEach((key, value) -> copy.addMetadataProps(
                            StringStringEntryProto.newBuilder().setKey(key).setValue(value)));
            return copy.build().toByteArray();
        } catch (InvalidProtocolBufferException impossible) {
            throw new ExportException("the model is not a valid ONNX file", impossible);
        }
    }
}
