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
 * @param findings of the run in progress; if idle, of the last one, which may have ended for lack of labels
 * @param finished the runs that have ended, the oldest first
 * @param lastSuccessEpochSeconds when a start last ended without a failure; 0 if never
 */
public record JobState(
        JobStage stage,
        String run,
        long sinceEpochSeconds,
        String reason,
        RunFindings findings,
        List<FinishedRun> finished,
        long lastSuccessEpochSeconds) {
    static final JobState FIRST = new JobState(JobStage.IDLE, "", 0, "", RunFindings.NONE, List.of(), 0);

    public JobState {
        finished = List.copyOf(finished);
    }

    JobState begin(String newRun, Instant now) {
        return new JobState(
                JobStage.EXPORT, newRun, now.getEpochSecond(), "", RunFindings.NONE, finished, lastSuccessEpochSeconds);
    }

    JobState to(JobStage next, Instant now) {
        return new JobState(next, run, now.getEpochSecond(), "", findings, finished, lastSuccessEpochSeconds);
    }

    JobState with(RunFindings newFindings) {
        return new JobState(stage, run, sinceEpochSeconds, reason, newFindings, finished, lastSuccessEpochSeconds);
    }

    JobState askFor(String why, Instant now) {
        return new JobState(
                JobStage.DECISION, run, now.getEpochSecond(), why, findings, finished, lastSuccessEpochSeconds);
    }

    /** Ends the run without remembering it. */
    JobState drop(Instant now) {
        return new JobState(JobStage.IDLE, "", now.getEpochSecond(), "", findings, finished, lastSuccessEpochSeconds);
    }

    JobState finish(RunOutcome outcome, Instant now) {
        List<FinishedRun> all = Stream.concat(finished.stream(), Stream.of(new FinishedRun(run, outcome, findings)))
                .toList();
        return new JobState(JobStage.IDLE, "", now.getEpochSecond(), "", findings, all, lastSuccessEpochSeconds);
    }

    JobState succeededAt(Instant now) {
        return new JobState(stage, run, sinceEpochSeconds, reason, findings, finished, now.getEpochSecond());
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
