package dev.stampede.training.job;

/**
 * A run that has ended.
 *
 * @param id as of {@link JobRun}
 * @param outcome how it ended
 * @param findings what is known of it
 */
public record FinishedRun(String id, RunOutcome outcome, RunFindings findings) {}
