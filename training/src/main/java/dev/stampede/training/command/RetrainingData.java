package dev.stampede.training.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stampede.stamps.simulate.SimulatedFolder;
import dev.stampede.stamps.simulate.SimulationSettings;
import dev.stampede.stamps.stamp.CoaddKind;
import dev.stampede.stamps.terminal.CommandFailure;
import dev.stampede.stamps.terminal.Progress;
import dev.stampede.training.dataset.DataFolder;
import dev.stampede.training.dataset.LabelledStamps;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a model is retrained on: labelled stamps and perhaps simulated ones. Half of those are sources, for if one class came
 * from the simulator alone, a network would learn to tell its pixels from those of a telescope.
 *
 * @param data data sets, archives among them; one or more
 * @param simulated how many simulated stamps, 0 or more
 * @param seed of the simulation
 */
record RetrainingData(List<Path> data, int simulated, long seed) {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** What an archive says of itself, as far as it tells where the stamps come from. */
    private static final String ARCHIVE = "archive.json";

    private static final List<String> ORIGIN = List.of("alerts", "labels", "fitted_for", "counts");

    RetrainingData {
        data = List.copyOf(data);
    }

    /** Reads all, the simulated stamps last, with the centre of those larger than {@code size} pixels. */
    LabelledStamps read(List<CoaddKind> channels, int size) throws IOException {
        if (simulated == 0) {
            return DataFolder.read(data, size);
        }
        Path folder = Files.createTempDirectory("stampede-simulated");
        try (Progress progress = Progress.of("simulating", simulated)) {
            SimulationSettings settings = SimulationSettings.standard().withCoadds(channels);
            SimulatedFolder.write(folder, settings, seed, simulated, progress::advance);
            List<Path> all = new ArrayList<>(data);
            all.add(folder);
            return DataFolder.read(all, size);
        } finally {
            delete(folder);
        }
    }

    private static void delete(Path folder) throws IOException {
        List<Path> all;
        try (Stream<Path> paths = Files.walk(folder)) {
            all = paths.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : all) {
            Files.delete(path);
        }
    }

    /** Where the stamps come from, for people. */
    String words() {
        String given = data.stream().map(Path::toString).collect(Collectors.joining(", "));
        return simulated == 0 ? given : given + " and " + simulated + " simulated";
    }

    /** Whether a stamp that was read is simulated. */
    boolean isSimulated(LabelledStamps stamps, int index) {
        return simulated > 0 && stamps.dataSet(index) == data.size();
    }

    /** Where the stamps come from, as the model file tells it: no paths, for they change where the data do not. */
    String provenance(String liveSha256) {
        ObjectNode json = MAPPER.createObjectNode();
        ArrayNode sets = json.putArray("data");
        for (Path one : data) {
            Path archive = one.resolve(ARCHIVE);
            ObjectNode set = sets.addObject();
            if (Files.exists(archive)) {
                ObjectNode said = read(archive);
                ORIGIN.forEach(field -> set.set(field, said.path(field)));
            } else {
                set.put("name", String.valueOf(one.getFileName()));
            }
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

    private static ObjectNode read(Path archive) {
        try {
            if (MAPPER.readTree(archive.toFile()) instanceof ObjectNode said) {
                return said;
            }
        } catch (IOException failure) {
            throw CommandFailure.failed("Cannot read " + archive + ": " + failure.getMessage() + ".");
        }
        throw CommandFailure.failed("Cannot read " + archive + ": it is no JSON object.");
    }
}
