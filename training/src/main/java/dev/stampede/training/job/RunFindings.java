package dev.stampede.training.job;

/**
 * What is known of a run.
 *
 * @param labels that it trains on
 * @param gate what the gate found
 * @param agreement of the model as shadow with the live model
 */
public record RunFindings(LabelCounts labels, GateFigures gate, ShadowAgreement agreement) {
    static final RunFindings NONE = new RunFindings(LabelCounts.NONE, GateFigures.NONE, ShadowAgreement.NONE);

    RunFindings with(LabelCounts newLabels) {
        return new RunFindings(newLabels, gate, agreement);
    }

    RunFindings with(GateFigures newGate) {
        return new RunFindings(labels, newGate, agreement);
    }

    RunFindings with(ShadowAgreement newAgreement) {
        return new RunFindings(labels, gate, newAgreement);
    }
}
