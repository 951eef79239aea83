package dev.stampede.streaming.command.stamp;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stampede.commandline.CommandException;
import dev.stampede.commandline.Example;
import dev.stampede.commandline.SafeText;
import dev.stampede.stamps.contract.Domain;
import dev.stampede.stamps.contract.ModelContract;
import dev.stampede.stamps.contract.ModelFile;
import dev.stampede.stamps.file.AtomicFile;
import dev.stampede.stamps.score.StampModel;
import dev.stampede.streaming.command.option.PacketOptions;
import dev.stampede.streaming.offline.InputFiles;
import dev.stampede.streaming.offline.PacketInspection;
import dev.stampede.streaming.offline.SkippedFiles;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code inspect}: verifies a model file and prints its contract, or prints the content of alert packets. */
@Command(
        name = "inspect",
        description = "Verifies a model file and prints its contract, or prints the content of alert packets.",
        mixinStandardHelpOptions = true)
@Example("inspect model.onnx")
public final class InspectCommand implements Callable<Integer> {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @Parameters(
            arity = "0..*",
            paramLabel = "FILE",
            description = "Model: " + ModelFile.NAMES
                    + ", or a model file (default: vgg6); or alert packets and container files of any number of alerts"
                    + " (.avro, .avro.gz), archives of them (.tar, .tar.gz, .tgz), and folders.")
    private List<Path> files = List.of();

    @Option(names = "--png", paramLabel = "OUT.png", description = "Draw the cutouts of the packets.")
    private @Nullable Path png;

    @Mixin
    private PacketOptions packets;

    @Option(names = "--json", description = "Print one JSON object; of packets one for each alert.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        if (InputFiles.arePackets(files)) {
            inspectPackets();
        } else if (png != null) {
            throw CommandException.usage("--png draws the cutouts of packets; it cannot be used with a model.");
        } else {
            inspectModel(files.isEmpty() ? ModelFile.shipped() : ModelFile.read(files.get(0)));
        }
        return 0;
    }

    private void inspectPackets() {
        if (png != null) {
            AtomicFile.requireWritable(png);
        }
        SkippedFiles skipped = new SkippedFiles();
        PacketInspection inspection = new PacketInspection(packets.input(), skipped);
        inspection.describe(InputFiles.packets(files, skipped), this::show);
        if (skipped.isAny()) {
            System.err.println(skipped.describe());
        }
        if (png != null) {
            inspection.draw(png);
        }
    }

    private void inspectModel(ModelFile model) {
        try (StampModel classifier = StampModel.open(model)) {
            show(describe(classifier));
        }
    }

    private void show(ObjectNode description) {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(description.toPrettyString());
        } else {
            print(description, out);
        }
    }

    private static ObjectNode describe(StampModel classifier) {
        ModelContract contract = classifier.contract();
        ObjectNode description = MAPPER.createObjectNode();
        description
                .put("file", classifier.model().origin())
                .put("sha256", classifier.model().sha256())
                .put("sizeBytes", classifier.model().bytes().length)
                .put("modelName", contract.modelName())
                .put("modelVersion", contract.modelVersion())
                .put("network", contract.network())
                .put("recipe", contract.recipeName());
        ArrayNode planes = description.putArray("planes");
        contract.planes().forEach(plane -> planes.add(plane.planeName()));
        if (!contract.features().isEmpty()) {
            ArrayNode features = description.putArray("features");
            contract.features().features().forEach(feature -> features.add(feature.toString()));
            description.put("featuresEncoding", contract.features().encoding().encodingName());
        }
        description
                .put("stampSize", contract.stampSize())
                .put("layout", contract.input().layout().layoutName())
                .put("maskedPixels", contract.preprocessing().masked().toString())
                .put("maxMaskedFraction", contract.preprocessing().maxMaskedFraction())
                .put("padding", contract.preprocessing().padding().toString());
        describe(contract.domain(), description);
        contract.classes().forEach(description.putArray("classes")::add);
        description
                .put("realClass", contract.output().realClass())
                .put("head", contract.output().head().headName())
                .put("threshold", contract.threshold())
                .put("temperature", contract.temperature())
                .put("dataFingerprint", contract.dataFingerprint());
        contract.metrics().forEach(description.putObject("metrics")::put);
        classifier.provenance().ifPresent(output -> description.set("provenance", json(output)));
        return description
                .put("goldenStamps", contract.goldenStamps().size())
                .put("verified", true)
                .put(
                        "verifiedBy",
                        contract.evidence().findsPointSources()
                                ? "golden stamps and synthetic point sources"
                                : "golden stamps")
                .put("executionProvider", classifier.executionProvider());
    }

    private static void describe(Domain domain, ObjectNode description) {
        domain.surveys().forEach(description.putArray("surveys")::add);
        domain.pixelScaleArcsec().ifPresent(scale -> description.put("pixelScaleArcsec", scale));
        if (domain.maxPixelScaleArcsec() < Double.POSITIVE_INFINITY) {
            description
                    .put("minPixelScaleArcsec", domain.minPixelScaleArcsec())
                    .put("maxPixelScaleArcsec", domain.maxPixelScaleArcsec());
        }
        description.put("polarity", domain.polarity().polarityName());
    }

    private static JsonNode json(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (JsonProcessingException broken) {
            return MAPPER.getNodeFactory().textNode(text); // provenance of another program is printed unchanged
        }
    }

    /** Prints names and values in two columns; the underscores of metric names become spaces. */
    private static void print(ObjectNode description, PrintWriter out) {
        Map<String, String> lines = new LinkedHashMap<>();
        description.properties().forEach(entry -> {
            if (entry.getValue().isObject()) {
                lines.put(entry.getKey(), "");
                entry.getValue()
                        .properties()
                        .forEach(inner -> lines.put("  " + inner.getKey().replace('_', ' '), text(inner.getValue())));
            } else {
                lines.put(entry.getKey(), text(entry.getValue()));
            }
        });
        int width = lines.keySet().stream().mapToInt(String::length).max().orElse(1);
        lines.forEach((name, value) -> out.println(
                String.format(Locale.ROOT, "%-" + width + "s  %s", name, value).stripTrailing()));
    }

    private static String text(JsonNode value) {
        return SafeText.line(value.toString().replace("\"", ""));
    }
}
