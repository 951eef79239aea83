package dev.stampede.training.command;

import dev.stampede.commandline.CommandException;
import dev.stampede.commandline.OptionHeading;
import dev.stampede.training.job.PromotionRule;
import picocli.CommandLine.Option;

/** The options that decide when a retrained model becomes live. */
@OptionHeading("Promotion")
final class PromotionOptions {
    /** Who promotes. */
    enum By {
        /** A person. */
        ask,
        /** The job, if the model keeps the limits. */
        automatically
    }

    @Option(
            names = "--promote",
            paramLabel = "BY",
            defaultValue = "ask",
            description = "Who promotes a model that kept the limits as shadow: ${COMPLETION-CANDIDATES}. A person is"
                    + " always asked about a model that did not.")
    private By by;

    @Option(
            names = "--shadow-alerts",
            paramLabel = "N",
            defaultValue = "10000",
            description = "Alerts that a model scores as shadow before the decision.")
    private long alerts;

    @Option(
            names = "--max-disagreement",
            paramLabel = "SHARE",
            defaultValue = "0.05",
            description = "Limit: the maximum share of these alerts with another verdict than that of the live model.")
    private double maxDisagreement;

    @Option(
            names = "--max-real-ratio",
            paramLabel = "RATIO",
            defaultValue = "2",
            description = "Limit: the maximum ratio of the numbers of REAL verdicts of both models, each plus 10.")
    private double maxRealRatio;

    /** The rule; a wrong option is a {@link CommandException} that names it. */
    PromotionRule rule() {
        try {
            return new PromotionRule(by == By.automatically, alerts, maxDisagreement, maxRealRatio);
        } catch (IllegalArgumentException wrong) {
            throw CommandException.usage("The promotion: " + wrong.getMessage() + ".");
        }
    }
}
