package dev.stampede.training.job;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.stampede.stamps.file.AtomicFile;
import dev.stampede.training.report.Template;
import java.io.IOException;
import java.nio.file.Files;
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

    /** The values of the template. */
    record View(String stage, String since, String current, String reason, List<Row> rows) {}

    /** One run; {@code page} is empty if its report was deleted. */
    record Row(
            String id,
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
            rows.add(row(folder, run, run.outcome().label()));
        }
        if (!state.run().isEmpty()) {
            FinishedRun current =
                    new FinishedRun(state.run(), RunOutcome.WITHDRAWN, state.labels(), state.gate(), state.agreement());
            rows.add(row(folder, current, state.stage().label()));
        }
        Collections.reverse(rows);
        View view = new View(
                state.stage().label(),
                Instant.ofEpochSecond(state.sinceEpochSeconds()).toString(),
                state.run(),
                state.reason(),
                rows);
        byte[] page = Template.page(TEMPLATE, String::valueOf, view).getBytes(UTF_8);
        AtomicFile.write(folder.path().resolve(NAME), out -> out.write(page));
    }

    private static Row row(JobFolder folder, FinishedRun run, String outcome) {
        boolean hasPage = Files.exists(folder.run(run.id()).page());
        return new Row(
                run.id(),
                hasPage ? folder.path().relativize(folder.run(run.id()).page()).toString() : "",
                run.labels().real(),
                run.labels().bogus(),
                percent(run.gate().missedByNew()),
                percent(run.gate().missedByLive()),
                run.agreement().alerts(),
                run.agreement().alerts() == 0 ? "" : percent(run.agreement().disagreement()),
                outcome);
    }

    private static String percent(double share) {
        return Double.isNaN(share) ? "" : String.format(Locale.ROOT, "%.2f %%", 100 * share);
    }
}
