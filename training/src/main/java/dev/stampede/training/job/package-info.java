/**
 * Retraining as a job: from new labels to a promoted model, in steps that can be repeated. The job knows the commands of the
 * stream only as {@link dev.stampede.training.job.JobSteps}.
 */
@NullMarked
package dev.stampede.training.job;

import org.jspecify.annotations.NullMarked;
