package dev.stampede.training.job;

import dev.stampede.training.report.Report;
import java.nio.file.Path;

/**
 * The files of one run.
 *
 * @param id the start of the run in UTC, such as {@code 20261124T100000Z}; also the version of its model
 * @param folder the folder of the run
 */
public record JobRun(String id, Path folder) {
    /** The label export. */
    public Path labels() {
        return folder.resolve("labels");
    }

    /** The live model that the new one is compared with. */
    public Path live() {
        return folder.resolve("live.onnx");
    }

    /** The new model. */
    public Path model() {
        return folder.resolve("next.onnx");
    }

    /** The folder of the report. */
    public Path report() {
        return folder.resolve("report");
    }

    /** The page of the report. */
    public Path page() {
        return report().resolve(Report.PAGE);
    }
}
