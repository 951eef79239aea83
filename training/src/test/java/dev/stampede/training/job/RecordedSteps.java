package dev.stampede.training.job;

import dev.stampede.stamps.contract.ModelFile;
import dev.stampede.training.dataset.DataFolder;
import dev.stampede.training.report.Report;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Steps that write what the real ones write, and record their calls. */
final class RecordedSteps implements JobSteps {
    final List<String> calls = new ArrayList<>();
    /** Stamps of each class of the next export. */
    int labels = 100;

    boolean gateAccepts = true;
    String live = "the first live model";
    String shadow = "";
    /** Released by a person while the models are compared. */
    Optional<String> shadowAfterComparison = Optional.empty();

    ShadowAgreement agreement = new ShadowAgreement(1000, 990, 100, 105);
    /** The name of the step that fails the next time, after its work if it is {@code promote}. */
    String failing = "";

    private void call(String name, Object... details) {
        calls.add(name);
        if (name.equals(failing)) {
            failing = "";
            throw new IllegalStateException(name + " was killed" + List.of(details));
        }
    }

    @Override
    public void labelKnownObjects(Instant from) {
        call("label");
    }

    @Override
    public void exportLabels(Instant from, Optional<Path> after, Path folder) {
        call("export"
                + after.map(earlier -> " after " + earlier.getName(earlier.getNameCount() - 2))
                        .orElse(""));
        StringBuilder truth = new StringBuilder("file,index,label_source\n");
        for (int i = 0; i < labels; i++) {
            truth.append(DataFolder.SOURCES).append(',').append(i).append(",KNOWN_OBJECT\n");
            truth.append(DataFolder.NOISE).append(',').append(i).append(",EXPERT\n");
        }
        write(folder.resolve("truth.csv"), truth.toString());
    }

    @Override
    public ReleasedModels releases(Path file) {
        write(file, live);
        return new ReleasedModels(sha256(file), shadow);
    }

    @Override
    public void retrain(JobRun run, List<Path> earlier, long seed) {
        call("retrain with " + earlier.size() + " earlier");
        call("retrain");
        write(run.model(), "model of " + run.id());
        write(run.page(), "");
        write(run.report().resolve(Report.METRICS), """
                        {"model_sha256": "%s", "gate": {"passed": %s, "checks": [
                         {"kind": "missed_sources", "name": "all sources", "new": 0.1, "live": 0.2}]}}
                        """.formatted(sha256(run.model()), gateAccepts));
    }

    @Override
    public void promoteAsShadow(Path model, String comment) {
        shadow = sha256(model);
        call("shadow");
    }

    @Override
    public void promote(Path model, String comment) {
        live = read(model);
        shadow = "";
        call("promote");
    }

    @Override
    public ShadowAgreement compareShadow(String sha256, Instant from) {
        call("compare");
        shadow = shadowAfterComparison.orElse(shadow);
        return agreement;
    }

    private static String sha256(Path file) {
        return ModelFile.read(file.toAbsolutePath()).sha256();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Path file, String text) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
