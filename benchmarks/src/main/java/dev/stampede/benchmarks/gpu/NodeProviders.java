package dev.stampede.benchmarks.gpu;

import ai.onnxruntime.OrtException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stampede.stamps.contract.ModelContract;
import dev.stampede.stamps.contract.ModelFile;
import dev.stampede.stamps.file.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Which execution provider runs each node of a graph, by the profile of one run. */
final class NodeProviders {
    private NodeProviders() {}

    /** The operators of the optimised graph, one for each node, by execution provider. */
    static Map<String, List<String>> of(ModelFile model, ModelContract contract, boolean isOnCuda)
            throws OrtException, IOException {
        Path folder = Files.createTempDirectory("stampede-gpu-");
        try (PlainSession session = PlainSession.open(
                model,
                contract,
                isOnCuda,
                options -> options.enableProfiling(folder.resolve("profile").toString()))) {
            session.run(session.noise(1), 1);
            return read(Path.of(session.endProfiling()));
        } finally {
            Folders.delete(folder);
        }
    }

    private static Map<String, List<String>> read(Path profile) throws IOException {
        Map<String, List<String>> operators = new TreeMap<>();
        for (JsonNode event : new ObjectMapper().readTree(profile.toFile())) {
            JsonNode provider = event.path("args").path("provider");
            if (event.path("cat").asText().equals("Node") && provider.isTextual()) {
                operators
                        .computeIfAbsent(provider.asText(), first -> new ArrayList<>())
                        .add(event.path("args").path("op_name").asText());
            }
        }
        return operators;
    }
}
