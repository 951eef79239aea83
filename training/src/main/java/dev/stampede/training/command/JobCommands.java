package dev.stampede.training.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stampede.commandline.CommandException;
import dev.stampede.commandline.CommandRunner;
import dev.stampede.stamps.contract.ModelFile;
import dev.stampede.stamps.error.FailureReason;
import dev.stampede.training.job.JobRun;
import dev.stampede.training.job.JobSteps;
import dev.stampede.training.job.ReleasedModels;
import dev.stampede.training.job.ShadowAgreement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.ParameterException;

/**
 * The steps of a retraining job as the commands that a person would run. Those of the stream are separate processes;
 * {@code retrain} runs in this process, so that nothing trains on after the job was killed.
 */
final class JobCommands implements JobSteps {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String NEED =
            "retraining-job runs commands of the stream: start it as ./stampede retraining-job.";
    private static final String DATA = "--data";
    private static final String BY = "retraining-job";

    private final Path config;
    private final Path state;
    private final Optional<String> location;
    private final List<String> retrainOptions;

    /**
     * @param config the settings of the stream
     * @param state the folder of the job
     * @param location where streams read that folder, an HTTP(S) URL or a path; empty to embed models in their releases
     * @param retrainOptions options of {@code retrain} that the user gave
     */
    JobCommands(Path config, Path state, Optional<String> location, List<String> retrainOptions) {
        this.config = config;
        this.state = state;
        this.location = location;
        this.retrainOptions = List.copyOf(retrainOptions);
    }

    /** Fails if {@code retrain} would reject the options of the user. */
    void check() {
        if (retrainOptions.stream().anyMatch(option -> option.equals(DATA) || option.startsWith(DATA + "="))) {
            throw wrong(DATA + " is the label export of the run; --earlier adds stamps to the training set");
        }
        JobRun example = new JobRun("20261124T100000Z", Path.of("run"));
        try {
            CommandRunner.commandLine(new RetrainCommand())
                    .parseArgs(arguments(example, List.of(), 1).toArray(String[]::new));
        } catch (ParameterException failure) {
            throw wrong(String.valueOf(failure.getMessage()));
        }
    }

    private static CommandException wrong(String why) {
        return CommandException.usage("An option after -- is not one that retrain takes here: " + why
                + ". The job sets --data, --live, --out, --report, --model-version, --seed and --resume.");
    }

    @Override
    public void labelKnownObjects(Instant from) {
        run("label", "--known-objects", "--from", from.toString(), "--by", BY);
    }

    @Override
    public void exportLabels(Instant from, Optional<Path> after, Path folder) {
        List<String> options = new ArrayList<>(List.of("--from", from.toString(), "--out", folder.toString()));
        after.ifPresent(export -> options.addAll(
                List.of("--labels-after", export.resolve("export.json").toString())));
        run("export-labels", options.toArray(String[]::new));
    }

    @Override
    public ReleasedModels releases(Path live) {
        String shadow = "";
        for (JsonNode release : output("models", "--json", "--write-live", live.toString(), "--force")) {
            if (release.path("scores").asBoolean()
                    && release.path("role").asText().equals("shadow")) {
                shadow = release.path("sha256").asText();
            }
        }
        return new ReleasedModels(ModelFile.read(live.toAbsolutePath()).sha256(), shadow);
    }

    @Override
    public void retrain(JobRun run, List<Path> earlier, long seed) {
        int code = CommandRunner.run(
                new RetrainCommand(), arguments(run, earlier, seed).toArray(String[]::new));
        if (code != 0 && code != RetrainCommand.REJECTED) {
            throw CommandException.failed("The retraining of run " + run.id() + " failed; the next start continues it."
                    + " To begin it again with all labels, delete " + run.folder() + ".");
        }
    }

    private List<String> arguments(JobRun run, List<Path> earlier, long seed) {
        List<String> arguments = new ArrayList<>(List.of(
                DATA,
                run.labels().toString(),
                "--live",
                run.live().toString(),
                "--out",
                run.model().toString(),
                "--report",
                run.report().toString(),
                "--model-version",
                run.id(),
                "--seed",
                String.valueOf(seed),
                "--resume"));
        earlier.forEach(export -> arguments.addAll(List.of("--earlier", export.toString())));
        arguments.addAll(retrainOptions);
        return arguments;
    }

    @Override
    public void promoteAsShadow(Path model, String comment) {
        release(model, comment, "shadow");
    }

    @Override
    public void promote(Path model, String comment) {
        release(model, comment, "live");
    }

    private void release(Path model, String comment, String role) {
        String file = location.map(at -> at.replaceFirst("/+$", "") + "/" + state.relativize(model))
                .orElse(model.toString());
        String embed = location.isPresent() ? "--no-embed" : "--embed";
        run("promote", file, embed, "--as", role, "--by", BY, "--comment", comment);
    }

    @Override
    public ShadowAgreement compareShadow(String sha256, Instant from) {
        JsonNode result = output("compare-shadow", "--sha256", sha256, "--from", from.toString(), "--json")
                .get(0);
        return new ShadowAgreement(
                result.path("alerts").asLong(),
                result.path("agreeing").asLong(),
                result.path("realByLive").asLong(),
                result.path("realByShadow").asLong());
    }

    private LauncherProcess process(String name, String... options) {
        List<String> all = new ArrayList<>(List.of(options));
        all.addAll(List.of("--config", config.toString()));
        return LauncherProcess.of(name, all, NEED);
    }

    private void run(String name, String... options) {
        process(name, options).run("the next start of the job repeats this step");
    }

    /** The lines that a command printed, one JSON object each. */
    private List<JsonNode> output(String name, String... options) {
        try {
            Path file = Files.createTempFile("stampede-" + name + "-", ".json");
            try {
                process(name, options).run(file, "the next start of the job repeats this step");
                List<JsonNode> lines = new ArrayList<>();
                for (String line : Files.readAllLines(file)) {
                    lines.add(MAPPER.readTree(line));
                }
                return lines;
            } finally {
                Files.delete(file);
            }
        } catch (IOException failure) {
            throw CommandException.failed(
                    "Cannot read the output of ./stampede " + name + ": " + FailureReason.of(failure) + ".");
        }
    }
}
