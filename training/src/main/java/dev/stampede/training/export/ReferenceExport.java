package dev.stampede.training.export;

import dev.stampede.stamps.contract.ModelFile;
import dev.stampede.stamps.population.ReferencePopulation;
import java.io.IOException;
import java.nio.file.Path;
import onnx.Onnx.ModelProto;
import onnx.Onnx.StringStringEntryProto;
import org.nd4j.shade.protobuf.InvalidProtocolBufferException;

/** Writes a model file anew with another reference of drift; the network and its contract stay as they are. */
public final class ReferenceExport {
    private ReferenceExport() {}

    /**
     * Writes {@code file}, a copy of {@code model} that holds {@code reference}, and proves it as a scorer does.
     *
     * @throws ExportException if the copy fails its proof
     * @throws IOException if the file cannot be written
     */
    public static void write(ModelFile model, ReferencePopulation reference, Path file) throws IOException {
        ModelExport.write(with(model, reference), proven -> true, file);
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
            throw new ExportException("the model cannot be read as ONNX", impossible);
        }
    }
}
