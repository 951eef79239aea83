package dev.stampede.streaming.label;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stampede.schemas.Label;
import dev.stampede.stamps.contract.ModelContract;
import dev.stampede.stamps.contract.ModelFile;
import dev.stampede.stamps.stamp.Plane;
import dev.stampede.streaming.kafka.TopicRange;
import dev.stampede.streaming.packet.PacketInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The file {@value #NAME} of an export: the exact offsets that were read, how, and what happened to each alert. It has no
 * creation time, so that a repeated export has the same bytes.
 */
public record ExportManifest(
        int format,
        List<TopicRange> alerts,
        TopicRange labels,
        FittedFor fittedFor,
        ExportCounts counts,
        List<Conflict> conflicts) {
    /** Its file name in the folder of an export. */
    public static final String NAME = "export.json";

    private static final int FORMAT = 1;
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .build();

    /** The model input that the stamps are fitted to. */
    record FittedFor(
            String modelName,
            String modelVersion,
            String modelSha256,
            int stampSize,
            List<String> planes,
            String fit,
            String inputPlanes) {}

    /** An alert whose last labels disagree, and the truth that is used. */
    record Conflict(String alertId, String taken, List<Opinion> labels) {}

    /** The last label of one labeller. */
    record Opinion(String labeller, String truth, String labelledTime) {}

    static ExportManifest of(
            ExportRanges ranges,
            ModelFile model,
            ModelContract contract,
            PacketInput input,
            ExportCounts counts,
            LabelIndex labels) {
        FittedFor fittedFor = new FittedFor(
                contract.modelName(),
                contract.modelVersion(),
                model.sha256(),
                contract.stampSize(),
                contract.planes().stream().map(Plane::planeName).toList(),
                input.fit().word(),
                input.planes().toString());
        List<Conflict> conflicts = labels.conflicts().entrySet().stream()
                .map(alert -> conflict(alert, labels))
                .toList();
        return new ExportManifest(FORMAT, ranges.alerts(), ranges.labels(), fittedFor, counts, conflicts);
    }

    private static Conflict conflict(Map.Entry<String, List<Label>> alert, LabelIndex labels) {
        List<Opinion> opinions = alert.getValue().stream()
                .map(label -> new Opinion(
                        label.getLabeller(),
                        label.getTruth().name(),
                        label.getLabelledTime().toString()))
                .toList();
        String taken = labels.of(alert.getKey()).orElseThrow().getTruth().name();
        return new Conflict(alert.getKey(), taken, opinions);
    }

    ObjectNode toJson() {
        return MAPPER.valueToTree(this);
    }

    void write(Path folder) throws IOException {
        Files.writeString(folder.resolve(NAME), MAPPER.writeValueAsString(this) + "\n");
    }

    /**
     * Reads the ranges of another export.
     *
     * @throws IOException if {@code file} is not an export manifest
     */
    public static ExportRanges readRanges(Path file) throws IOException {
        return MAPPER.readValue(file.toFile(), ExportRanges.class);
    }
}
