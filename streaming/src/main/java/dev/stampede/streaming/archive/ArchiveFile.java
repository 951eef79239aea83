package dev.stampede.streaming.archive;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stampede.schemas.Label;
import dev.stampede.stamps.contract.ModelContract;
import dev.stampede.stamps.contract.ModelFile;
import dev.stampede.stamps.terminal.CommandFailure;
import dev.stampede.streaming.history.Stretch;
import dev.stampede.streaming.history.TopicRange;
import dev.stampede.streaming.packet.PacketInput;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What an archive says of itself, {@value #NAME}: the exact offsets it was made of, how, and what became of each alert. */
public final class ArchiveFile {
    /** Its name in the folder of an archive. */
    public static final String NAME = "archive.json";

    private static final ObjectMapper MAPPER = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    private static final int FORMAT = 1;

    private ArchiveFile() {}

    /** The whole file; without any time of day, so that it repeats byte for byte. */
    static ObjectNode of(
            ArchiveRanges ranges,
            ModelFile model,
            ModelContract contract,
            PacketInput input,
            ArchiveTally tally,
            LabelBook labels,
            long labelledAlerts) {
        ObjectNode json = MAPPER.createObjectNode().put("format", FORMAT);
        json.set("alerts", range(ranges.alerts()));
        json.set("labels", range(ranges.labels()));
        ObjectNode fitted = json.putObject("fitted_for")
                .put("model_name", contract.modelName())
                .put("model_version", contract.modelVersion())
                .put("model_sha256", model.sha256())
                .put("stamp_size", contract.stampSize());
        ArrayNode channels = fitted.putArray("channels");
        contract.channels().forEach(channel -> channels.add(channel.name().toLowerCase(Locale.ROOT)));
        fitted.put("fit", input.fit().word())
                .put("cutout", input.cutout().name().toLowerCase(Locale.ROOT));
        json.set("counts", counts(tally, labels, labelledAlerts));
        ArrayNode conflicts = json.putArray("conflicts");
        labels.conflicts().forEach((alertId, ofAlert) -> conflicts.add(conflict(alertId, ofAlert, labels)));
        return json;
    }

    private static ObjectNode range(TopicRange range) {
        ObjectNode json = MAPPER.createObjectNode().put("topic", range.topic());
        ArrayNode stretches = json.putArray("offsets");
        for (Stretch stretch : range.stretches()) {
            stretches
                    .addObject()
                    .put("partition", stretch.partition())
                    .put("from", stretch.from())
                    .put("to", stretch.to());
        }
        return json;
    }

    private static ObjectNode counts(ArchiveTally tally, LabelBook labels, long labelledAlerts) {
        ObjectNode counts = MAPPER.createObjectNode()
                .put("alerts_read", tally.alerts())
                .put("alerts_without_label", tally.unlabelledAlerts())
                .put("alerts_repeated", tally.repeatedAlerts());
        counts.set("alerts_unreadable", byName(tally.unreadableAlerts()));
        counts.set("stamps_left_out", byName(tally.abstentions()));
        return counts.put("stamps_real", tally.realStamps())
                .put("stamps_bogus", tally.bogusStamps())
                .put("labels_read", labels.read())
                .put("labels_superseded", labels.superseded())
                .put("labels_unreadable", labels.unreadable())
                .put("labelled_alerts_not_in_range", labels.alerts().size() - labelledAlerts)
                .put("labellers_disagree", labels.conflicts().size());
    }

    private static ObjectNode byName(Map<? extends Enum<?>, Long> counts) {
        ObjectNode json = MAPPER.createObjectNode();
        Map<String, Long> sorted = new TreeMap<>();
        counts.forEach((key, count) -> sorted.put(key.name(), count));
        sorted.forEach(json::put);
        return json;
    }

    private static ObjectNode conflict(String alertId, List<Label> ofAlert, LabelBook labels) {
        ObjectNode json = MAPPER.createObjectNode().put("alert_id", alertId);
        labels.of(alertId).ifPresent(label -> json.put("taken", label.getTruth().name()));
        ArrayNode said = json.putArray("labels");
        for (Label label : ofAlert) {
            said.addObject()
                    .put("labeller", label.getLabeller())
                    .put("truth", label.getTruth().name())
                    .put("labelled_time", label.getLabelledTime().toString());
        }
        return json;
    }

    static String text(ObjectNode json) {
        try {
            return MAPPER.writeValueAsString(json) + "\n";
        } catch (IOException impossible) {
            throw new IllegalStateException("a tree of numbers and text is always JSON", impossible);
        }
    }

    /**
     * The ranges that another archive was made of.
     *
     * @throws CommandFailure if {@code file} is not what an archive says of itself
     */
    public static ArchiveRanges ranges(Path file) {
        try {
            JsonNode json = MAPPER.readTree(file.toFile());
            return new ArchiveRanges(range(json.path("alerts")), range(json.path("labels")));
        } catch (IOException | IllegalArgumentException wrong) {
            throw CommandFailure.usage("Cannot read offsets from " + file + ": " + wrong.getMessage() + "; give the "
                    + NAME + " of an archive.");
        }
    }

    private static TopicRange range(JsonNode json) {
        List<Stretch> stretches = new ArrayList<>();
        for (JsonNode stretch : json.path("offsets")) {
            stretches.add(new Stretch(number(stretch, "partition"), offset(stretch, "from"), offset(stretch, "to")));
        }
        return new TopicRange(json.path("topic").asText(), stretches);
    }

    private static int number(JsonNode json, String name) {
        return Math.toIntExact(offset(json, name));
    }

    private static long offset(JsonNode json, String name) {
        if (!json.path(name).isIntegralNumber()) {
            throw new IllegalArgumentException("it has no whole number '" + name + "'");
        }
        return json.path(name).asLong();
    }
}
