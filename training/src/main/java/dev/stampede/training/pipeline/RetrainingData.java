package dev.stampede.training.pipeline;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stampede.stamps.contract.ModelContract;
import dev.stampede.stamps.error.FailureReason;
import dev.stampede.stamps.file.TemporaryFolder;
import dev.stampede.stamps.simulate.SimulationSettings;
import dev.stampede.stamps.simulate.output.SimulatedFolder;
import dev.stampede.training.dataset.DataFolder;
import dev.stampede.training.dataset.DataReading;
import dev.stampede.training.dataset.InvalidDataException;
import dev.stampede.training.dataset.LabelledStamps;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The data of a retraining: labelled stamps, optionally earlier and simulated ones. Earlier stamps are for the training set
 * only: the live model may have been trained on them, so a comparison on them would favour it. Half of the simulated stamps are sources,
 * because if only one class were simulated, the network would learn to recognise simulated pixels.
 *
 * @param data data sets, label exports among them; one or more
 * @param earlier data sets of earlier retrainings; may be empty
 * @param simulated number of simulated stamps, 0 or more
 * @param seed of the simulation
 */
public record RetrainingData(List<Path> data, List<Path> earlier, int simulated, long seed) {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** The manifest of a label export, with the fields that describe the origin of its stamps. */
    private static final String MANIFEST = "export.json";

    private static final List<String> ORIGIN = List.of("alerts", "labels", "fitted_for", "counts");

    public RetrainingData {
        data = List.copyOf(data);
        earlier = List.copyOf(earlier);
        if (data.isEmpty() || simulated < 0) {
            throw new IllegalArgumentException(
                    "a retraining needs a data set and 0 or more simulated stamps, not " + data + " and " + simulated);
        }
    }

    /** Reads all stamps for a model like {@code live}, cropped to its size; the simulated ones come last. */
    LabelledStamps read(ModelContract live, TrainingListener listener) throws IOException {
        if (simulated == 0) {
            return DataFolder.read(labelled(), DataReading.of(live.stampSize()));
        }
        try (TemporaryFolder temporary = TemporaryFolder.create("simulated")) {
            Path folder = temporary.path().resolve("stamps");
            // Simulated stamps have an odd size; reading crops them to that of the model.
            int size = Math.max(SimulationSettings.STANDARD_SIZE, live.stampSize() | 1);
            SimulationSettings settings =
                    SimulationSettings.standard().withPlanes(live.planes()).withSize(size);
            listener.stageStarted("simulating", simulated);
            SimulatedFolder.write(folder, settings, seed, simulated, listener::stageAdvanced);
            listener.stageFinished();
            List<Path> all = new ArrayList<>(labelled());
            all.add(folder);
            return DataFolder.read(all, DataReading.of(live.stampSize()));
        }
    }

    private List<Path> labelled() {
        return Stream.concat(data.stream(), earlier.stream()).toList();
    }

    /** The origin of the stamps, for messages and reports. */
    String describe() {
        String given = labelled().stream().map(Path::toString).collect(Collectors.joining(", "));
        return simulated == 0 ? given : given + " and " + simulated + " simulated";
    }

    /** Whether a stamp that was read is simulated. */
    boolean isSimulated(LabelledStamps stamps, int index) {
        return simulated > 0 && stamps.dataSet(index) == data.size() + earlier.size();
    }

    /** Whether a stamp that was read is one of an earlier retraining. */
    boolean isEarlier(LabelledStamps stamps, int index) {
        int set = stamps.dataSet(index);
        return set >= data.size() && set < data.size() + earlier.size();
    }

    /** The origin of the stamps as JSON for the model file; without paths, which mean nothing on another machine. */
    String provenance(String liveSha256) {
        ObjectNode json = MAPPER.createObjectNode();
        describe(data, json.putArray("data"));
        if (!earlier.isEmpty()) {
            describe(earlier, json.putArray("earlier"));
        }
        if (simulated > 0) {
            json.putObject("simulated").put("stamps", simulated).put("seed", seed);
        }
        json.put("live_sha256", liveSha256);
        try {
            return MAPPER.writeValueAsString(json);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a tree of numbers and text is always JSON", impossible);
        }
    }

    private static void describe(List<Path> data, ArrayNode sets) {
        for (Path one : data) {
            Path manifest = one.resolve(MANIFEST);
            ObjectNode set = sets.addObject();
            if (Files.exists(manifest)) {
                ObjectNode reported = read(manifest);
                ORIGIN.forEach(field -> set.set(field, reported.path(field)));
            } else {
                set.put("name", String.valueOf(one.getFileName()));
            }
        }
    }

    private static ObjectNode read(Path manifest) {
        try {
            if (MAPPER.readTree(manifest.toFile()) instanceof ObjectNode reported) {
                return reported;
            }
        } catch (IOException failure) {
            throw new InvalidDataException("Cannot read " + manifest + ": " + FailureReason.of(failure) + ".", failure);
        }
        throw new InvalidDataException("Cannot read " + manifest + ": it is not a JSON object.");
    }
}
