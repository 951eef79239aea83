package dev.stampede.training.command;

import dev.stampede.commandline.ProgressBar;
import dev.stampede.training.dataset.Examples;
import dev.stampede.training.dataset.LabelledStamps;
import dev.stampede.training.pipeline.TrainingListener;
import java.io.PrintWriter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Shows the progress of a training as progress bars on standard error. */
final class ConsoleProgress implements TrainingListener, AutoCloseable {
    private final PrintWriter err;
    private @Nullable ProgressBar bar;

    ConsoleProgress(PrintWriter err) {
        this.err = err;
    }

    @Override
    public void examplesPrepared(LabelledStamps stamps, Examples examples) {
        err.printf(
                Locale.ROOT,
                "%d stamps of %s pixels; %d of them cannot be classified and are left out%n",
                stamps.size(),
                stamps.shape(),
                stamps.size() - examples.size());
    }

    @Override
    public void warned(String warning) {
        err.println("Warning: " + warning);
    }

    @Override
    public void fitStarted(long stamps) {
        stageStarted("fitting", stamps);
    }

    @Override
    public void fitResumed(long stamps) {
        advance(stamps, "resumed");
    }

    @Override
    public void batchFitted(int stamps, int epoch, double loss) {
        advance(stamps, String.format(Locale.ROOT, "epoch %d  loss %.4f", epoch, loss));
    }

    @Override
    public void fitFinished() {
        close();
    }

    @Override
    public void stageStarted(String stage, long stamps) {
        close();
        bar = ProgressBar.of(stage, stamps);
    }

    @Override
    public void stageAdvanced(long stamps) {
        advance(stamps, "");
    }

    @Override
    public void stageFinished() {
        close();
    }

    private void advance(long stamps, String note) {
        if (bar != null) {
            bar.advance(stamps, note);
        }
    }

    /** Ends the progress bar of a stage that did not finish. */
    @Override
    public void close() {
        if (bar != null) {
            bar.close();
            bar = null;
        }
    }
}
