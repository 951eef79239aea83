package dev.stampede.training.job;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a job remembers between its starts.
 *
 * @param stage what it does next
 * @param run the run in progress; empty if idle
 * @param sinceEpochSeconds when the stage began
 * @param reason why a person has to decide; empty in other stages
 * @param labels of the run in progress
 * @param gate of the run in progress
 * @param agreement of the run in progress
 * @param finished the runs that have ended, the oldest first
 * @param lastSuccessEpochSeconds when a start last ended without a failure; 0 if never
 */
public record JobState(
        JobStage stage,
        String run,
        long sinceEpochSeconds,
        String reason,
        LabelCounts labels,
        GateFigures gate,
        ShadowAgreement agreement,
        List<FinishedRun> finished,
        long lastSuccessEpochSeconds) {
    static final JobState FIRST = new JobState(
            JobStage.IDLE, "", 0, "", LabelCounts.NONE, GateFigures.NONE, ShadowAgreement.NONE, List.of(), 0);

    public JobState {
        finished = List.copyOf(finished);
    }

    JobState begin(String newRun, Instant now) {
        return new JobState(
                JobStage.EXPORT,
                newRun,
                now.getEpochSecond(),
                "",
                LabelCounts.NONE,
                GateFigures.NONE,
                ShadowAgreement.NONE,
                finished,
                lastSuccessEpochSeconds);
    }

    JobState to(JobStage next, Instant now) {
        return new JobState(
                next, run, now.getEpochSecond(), "", labels, gate, agreement, finished, lastSuccessEpochSeconds);
    }

    JobState with(LabelCounts newLabels) {
        return new JobState(
                stage, run, sinceEpochSeconds, reason, newLabels, gate, agreement, finished, lastSuccessEpochSeconds);
    }

    JobState with(GateFigures newGate) {
        return new JobState(
                stage, run, sinceEpochSeconds, reason, labels, newGate, agreement, finished, lastSuccessEpochSeconds);
    }

    JobState with(ShadowAgreement newAgreement) {
        return new JobState(
                stage, run, sinceEpochSeconds, reason, labels, gate, newAgreement, finished, lastSuccessEpochSeconds);
    }

    JobState askFor(String why, Instant now) {
        return new JobState(
                JobStage.DECISION,
                run,
                now.getEpochSecond(),
                why,
                labels,
                gate,
                agreement,
                finished,
                lastSuccessEpochSeconds);
    }

    /** Without the run, which is not remembered. */
    JobState drop(Instant now) {
        return new JobState(
                JobStage.IDLE,
                "",
                now.getEpochSecond(),
                "",
                labels,
                gate,
                agreement,
                finished,
                lastSuccessEpochSeconds);
    }

    JobState finish(RunOutcome outcome, Instant now) {
        List<FinishedRun> all = Stream.concat(
                        finished.stream(), Stream.of(new FinishedRun(run, outcome, labels, gate, agreement)))
                .toList();
        return new JobState(
                JobStage.IDLE, "", now.getEpochSecond(), "", labels, gate, agreement, all, lastSuccessEpochSeconds);
    }

    JobState succeededAt(Instant now) {
        return new JobState(
                stage, run, sinceEpochSeconds, reason, labels, gate, agreement, finished, now.getEpochSecond());
    }

    /** The number of runs that ended in this way. */
    long count(RunOutcome outcome) {
        return finished.stream().filter(one -> one.outcome() == outcome).count();
    }

    /** Whether a model of the job waits for alerts or for a person. */
    @JsonIgnore
    public boolean isWaiting() {
        return stage == JobStage.SHADOW || stage == JobStage.DECISION;
    }
}
