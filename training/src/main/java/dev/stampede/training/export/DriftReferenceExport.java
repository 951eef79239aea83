package dev.stampede.training.export;

import dev.stampede.stamps.contract.ModelFile;
import dev.stampede.stamps.population.ReferencePopulation;
import java.io.IOException;
import java.nio.file.Path;
import onnx.Onnx.ModelProto;
import onnx.Onnx.StringStringEntryProto;
import org.nd4j.shade.protobuf.InvalidProtocolBufferException;

/** Copies a model file with another drift reference; network and contract stay unchanged. */
public final class DriftReferenceExport {
    private DriftReferenceExport() {}

    /**
     * Writes {@code file}, a copy of {@code model} that holds {@code reference}, and verifies it as a scorer does.
     *
     * @throws ExportException if the verification of the copy fails
     * @throws IOException if the file cannot be written
     */
    public static void write(ModelFile model, ReferencePopulation reference, Path file) throws IOException {
        ModelExport.write(with(model, reference), verified -> true, file);
    }

    private static byte[] with(ModelFile model, ReferencePopulation reference) {
        try {
            ModelProto.Builder copy = ModelProto.parseFrom(model.bytes()).toBuilder();
            for (int i = copy.getMetadataPropsCount() - 1; i >= 0; i--) {
                if (copy.getMetadataProps(i).getKey().equals(ReferencePopulation.ENTRY)) {
                    copy.removeMetadataProps(i);
                }
            }
            return copy.addMetadataProps(StringStringEntryProto.newBuilder()
                            .setKey(ReferencePopulation.ENTRY)
                            .setValue(reference.text()))
                    .build()
                    .toByteArray();
        } catch (InvalidProtocolBufferException impossible) {
            throw new ExportException("the model is not a valid ONNX file", impossible);
        }
    }
}
