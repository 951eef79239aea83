package dev.stampede.training.job;

/**
 * A run that has ended.
 *
 * @param id as of {@link JobRun}
 * @param outcome how it ended
 * @param labels that it trained on
 * @param gate what the gate found
 * @param agreement of the shadow with the live model; of no alerts if the gate rejected the model
 */
public record FinishedRun(
        String id, RunOutcome outcome, LabelCounts labels, GateFigures gate, ShadowAgreement agreement) {}
