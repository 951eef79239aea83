package dev.stampede.training.job;

import dev.stampede.stamps.contract.ModelFile;
import dev.stampede.stamps.file.Folders;
import dev.stampede.training.dataset.InvalidDataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Goes from new labels to a promoted model: exports the labels, retrains, releases the model as shadow if the gate accepts
 * it, and promotes it by a rule or asks a person. Each start does what can be done and ends; the state is written after
 * each step, and a step that was interrupted is repeated or continued by the next start.
 */
public final class RetrainingJob {
    private static final DateTimeFormatter RUN_ID =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    /** Classifications carry the time of their alert, which may be older than the release that scored it. */
    private static final Duration OLDEST_ALERT = Duration.ofDays(1);

    private final JobFolder folder;
    private final JobSettings settings;
    private final JobSteps steps;
    private final Clock clock;
    private final Consumer<String> log;

    /** @param log receives a sentence for each event */
    public RetrainingJob(JobFolder folder, JobSettings settings, JobSteps steps, Clock clock, Consumer<String> log) {
        this.folder = folder;
        this.settings = settings;
        this.steps = steps;
        this.clock = clock;
        this.log = log;
    }

    /**
     * Does what can be done now.
     *
     * @return the state in which it ends: idle, or waiting for alerts or a person
     * @throws InvalidDataException if the folder was changed by another program
     * @throws IOException if a file cannot be written
     */
    public JobState advance() throws IOException {
        JobState state = folder.state();
        if (state.isWaiting()) {
            state = decide(state);
        }
        if (state.stage() == JobStage.IDLE) {
            Instant now = clock.instant();
            state = keep(state.begin(RUN_ID.format(now), now));
        }
        if (state.stage() == JobStage.TRAINING
                && Files.notExists(folder.run(state.run()).labels())) {
            state = keep(state.to(JobStage.EXPORT, clock.instant())); // a person deleted the run to begin it again
        }
        if (state.stage() == JobStage.EXPORT) {
            state = export(state);
        }
        if (state.stage() == JobStage.TRAINING) {
            state = train(state);
        }
        if (state.stage() == JobStage.RELEASE) {
            state = release(state);
        }
        return keep(state.succeededAt(clock.instant()));
    }

    private JobState keep(JobState state) throws IOException {
        folder.write(state);
        return state;
    }

    private JobState export(JobState state) throws IOException {
        JobRun run = folder.run(state.run());
        Files.createDirectories(run.folder());
        if (Files.notExists(run.labels())) {
            Instant from = Instant.ofEpochSecond(state.sinceEpochSeconds()).minus(settings.window());
            steps.labelKnownObjects(from);
            steps.exportLabels(from, earlier(state).stream().reduce((first, last) -> last), run.labels());
        }
        LabelCounts labels = LabelCounts.of(run.labels());
        log.accept(describe(run.id(), labels));
        if (labels.ofSmallerClass() < settings.minLabels()) {
            log.accept("Too few labels for a retraining: " + settings.minLabels()
                    + " of each class are needed. They remain for the next start.");
            Folders.delete(run.folder());
            return keep(state.with(state.findings().with(labels)).drop(clock.instant()));
        }
        return keep(state.with(state.findings().with(labels)).to(JobStage.TRAINING, clock.instant()));
    }

    private static String describe(String run, LabelCounts labels) {
        return "Run " + run + ": " + labels.real() + " real and " + labels.bogus()
                + " bogus stamps were labelled since the last run " + new TreeMap<>(labels.bySource()) + ".";
    }

    /** The label exports of earlier runs, the oldest first. */
    private List<Path> earlier(JobState state) {
        return state.finished().stream()
                .map(one -> folder.run(one.id()).labels())
                .filter(Files::exists)
                .toList();
    }

    private JobState train(JobState state) throws IOException {
        JobRun run = folder.run(state.run());
        if (GateFigures.read(run.model(), run.report()).isEmpty()) {
            if (Files.notExists(run.live())) {
                steps.releases(run.live());
            }
            List<Path> earlier = earlier(state);
            List<Path> newest = earlier.subList(Math.max(0, earlier.size() - settings.earlierRuns()), earlier.size());
            Instant begin = Instant.from(RUN_ID.parse(run.id()));
            steps.retrain(run, newest, begin.getEpochSecond());
        }
        GateFigures gate = GateFigures.read(run.model(), run.report())
                .orElseThrow(() -> new InvalidDataException("There is no report in " + run.report() + "."));
        if (gate.accepted()) {
            return keep(state.with(state.findings().with(gate)).to(JobStage.RELEASE, clock.instant()));
        }
        log.accept("The gate rejected the model of run " + run.id() + ": see " + run.page() + ".");
        return keep(state.with(state.findings().with(gate)).finish(RunOutcome.REJECTED, clock.instant()));
    }

    private JobState release(JobState state) throws IOException {
        JobRun run = folder.run(state.run());
        String sha256 = sha256(run.model());
        ReleasedModels released = released();
        if (!released.liveSha256().equals(sha256) && !released.shadowSha256().equals(sha256)) {
            if (!released.shadowSha256().isEmpty()) {
                log.accept("Another model scores as shadow; the model of run " + run.id()
                        + " waits until that one is promoted or withdrawn.");
                return state;
            }
            steps.promoteAsShadow(run.model(), "retraining job, run " + run.id());
        }
        log.accept("The model of run " + run.id() + " scores as shadow until "
                + settings.rule().alerts() + " alerts are compared. Report: " + run.page());
        return keep(state.to(JobStage.SHADOW, clock.instant()));
    }

    private JobState decide(JobState state) throws IOException {
        JobRun run = folder.run(state.run());
        String sha256 = sha256(run.model());
        ReleasedModels released = released();
        if (released.liveSha256().equals(sha256)) {
            log.accept("The model of run " + run.id() + " is live.");
            return keep(state.finish(RunOutcome.PROMOTED, clock.instant()));
        }
        if (!released.shadowSha256().equals(sha256)) {
            log.accept("The model of run " + run.id() + " was withdrawn.");
            return keep(state.finish(RunOutcome.WITHDRAWN, clock.instant()));
        }
        if (state.stage() == JobStage.DECISION) {
            log.accept(request(state.reason(), run));
            return state;
        }
        Instant since = Instant.ofEpochSecond(state.sinceEpochSeconds());
        ShadowAgreement agreement = steps.compareShadow(sha256, since.minus(OLDEST_ALERT));
        JobState compared = keep(state.with(state.findings().with(agreement)));
        if (!settings.rule().hasEnough(agreement)) {
            log.accept("The model of run " + run.id() + " has scored " + agreement.alerts() + " of "
                    + settings.rule().alerts() + " alerts as shadow.");
            return compared;
        }
        Optional<String> objection = released.liveSha256().equals(sha256(run.live()))
                ? settings.rule().objection(agreement)
                : Optional.of("another model became live after the gate had compared this one");
        if (objection.isPresent()) {
            log.accept(request(objection.get(), run));
            return keep(compared.askFor(objection.get(), clock.instant()));
        }
        if (!released().equals(released)) {
            log.accept(
                    "The releases changed during the comparison; the next start decides about run " + run.id() + ".");
            return compared;
        }
        steps.promote(run.model(), "retraining job, run " + run.id());
        log.accept("The model of run " + run.id() + " was promoted after " + agreement.alerts() + " alerts.");
        return keep(compared.finish(RunOutcome.PROMOTED, clock.instant()));
    }

    private static String request(String reason, JobRun run) {
        return "A person has to decide about the model of run " + run.id() + ", because " + reason + ". Report: "
                + run.page() + ". Accept it with promote " + run.model() + ", reject it with rollback --as shadow.";
    }

    /** The models in use; their file is not kept. */
    private ReleasedModels released() throws IOException {
        Path live = folder.path().resolve("live.onnx");
        try {
            return steps.releases(live);
        } finally {
            Files.deleteIfExists(live);
        }
    }

    private static String sha256(Path model) {
        return ModelFile.read(model.toAbsolutePath()).sha256();
    }
}
