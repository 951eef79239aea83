package dev.stampede.training.job;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.stampede.stamps.file.AtomicFile;
import dev.stampede.training.report.Template;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** The page {@value #NAME} of a job: its runs, the newest first, with links to their reports. */
public final class RunsPage {
    /** Its name in the folder of the job. */
    public static final String NAME = "index.html";

    private static final String TEMPLATE = "runs-template.html";

    private RunsPage() {}

    /** The values of the template; {@code reason} is empty unless a person is asked. */
    record View(String stage, String since, boolean asks, String reason, List<Row> rows) {}

    /** One run; {@code page} is empty if it has no report. */
    record Row(
            String id,
            boolean hasPage,
            String page,
            long real,
            long bogus,
            String missedByNew,
            String missedByLive,
            long alerts,
            String disagreement,
            String outcome) {}

    /** Writes the page in place of the last one. */
    public static void write(JobFolder folder, JobState state) throws IOException {
        List<Row> rows = new ArrayList<>();
        for (FinishedRun run : state.finished()) {
            rows.add(row(folder, run.id(), run.findings(), run.outcome().label()));
        }
        if (!state.run().isEmpty()) {
            rows.add(row(folder, state.run(), state.findings(), state.stage().label()));
        }
        Collections.reverse(rows);
        View view = new View(
                state.stage().label(),
                Instant.ofEpochSecond(state.sinceEpochSeconds()).toString(),
                state.stage() == JobStage.DECISION,
                state.reason(),
                rows);
        byte[] page = Template.page(TEMPLATE, String::valueOf, view).getBytes(UTF_8);
        AtomicFile.write(folder.path().resolve(NAME), out -> out.write(page));
    }

    private static Row row(JobFolder folder, String id, RunFindings findings, String outcome) {
        Path page = folder.run(id).page();
        boolean hasPage = Files.exists(page);
        ShadowAgreement agreement = findings.agreement();
        return new Row(
                id,
                hasPage,
                hasPage ? folder.path().relativize(page).toString() : "",
                findings.labels().real(),
                findings.labels().bogus(),
                percent(findings.gate().missedByNew()),
                percent(findings.gate().missedByLive()),
                agreement.alerts(),
                agreement.alerts() == 0 ? "" : percent(agreement.disagreement()),
                outcome);
    }

    private static String percent(double share) {
        return Double.isNaN(share) ? "" : String.format(Locale.ROOT, "%.2f %%", 100 * share);
    }
}
