package dev.stampede.training.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stampede.stamps.contract.ModelFile;
import dev.stampede.stamps.error.FailureReason;
import dev.stampede.training.dataset.InvalidDataException;
import dev.stampede.training.report.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What the gate found, from the report of a retraining.
 *
 * @param accepted whether the new model may replace the live one
 * @param missedByNew share of the sources that the new model misses at the false-positive rate of the gate, 0 to 1; NaN if
 *     unknown
 * @param missedByLive the same of the live model
 */
public record GateFigures(boolean accepted, double missedByNew, double missedByLive) {
    static final GateFigures NONE = new GateFigures(false, Double.NaN, Double.NaN);

    private static final ObjectMapper MAPPER = new ObjectMapper();

    /**
     * Reads the report.
     *
     * @return empty if there is no complete report on {@code model}: the retraining has not ended
     * @throws InvalidDataException if the report cannot be read
     */
    static Optional<GateFigures> read(Path model, Path report) {
        Path metrics = report.resolve(Report.METRICS);
        if (Files.notExists(model) || Files.notExists(metrics) || Files.notExists(report.resolve(Report.PAGE))) {
            return Optional.empty();
        }
        JsonNode json;
        try {
            json = MAPPER.readTree(metrics.toFile());
        } catch (IOException failure) {
            throw new InvalidDataException("Cannot read " + metrics + ": " + FailureReason.of(failure) + ".", failure);
        }
        String sha256 = ModelFile.read(model.toAbsolutePath()).sha256();
        if (!json.path("model_sha256").asText().equals(sha256)) {
            return Optional.empty();
        }
        JsonNode gate = json.path("gate");
        for (JsonNode check : gate.path("checks")) {
            if (check.path("kind").asText().equals("missed_sources")) { // the first is that of all sources
                return Optional.of(new GateFigures(
                        gate.path("passed").asBoolean(),
                        check.path("new").asDouble(Double.NaN),
                        check.path("live").asDouble(Double.NaN)));
            }
        }
        return Optional.of(new GateFigures(gate.path("passed").asBoolean(), Double.NaN, Double.NaN));
    }
}
