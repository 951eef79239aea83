package dev.stampede.training.command;

import dev.stampede.commandline.CommandException;
import dev.stampede.stamps.contract.ModelContract;
import dev.stampede.stamps.contract.ModelFile;
import dev.stampede.stamps.error.FailureReason;
import dev.stampede.stamps.file.TemporaryFolder;
import dev.stampede.stamps.npy.NpyArray;
import dev.stampede.stamps.stamp.Stamp;
import dev.stampede.stamps.table.CsvTable;
import dev.stampede.training.evaluate.SurveyCandidate;
import dev.stampede.training.evaluate.SurveyComparison;
import dev.stampede.training.report.Report;
import dev.stampede.training.report.SurveyReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Compares a model with the score that a survey gave the same packets. The command {@code classify} reads and classifies
 * the packets: training knows none.
 */
final class PacketEvaluation {
    private static final String CLASSIFY = "classify";

    /** A number of the packets that the model is compared with. */
    enum Score {
        SURVEY_SCORE("surveyScore"),
        SIGNAL_TO_NOISE("signalToNoise");

        private final String column;

        Score(String column) {
            this.column = column;
        }

        /** Its column of {@code classify --csv}. */
        String column() {
            return column;
        }
    }

    private final Path model;
    private final ModelFile file;
    private final ModelContract contract;
    private final List<Path> packets;
    private final Score score;
    private final List<Double> cuts;

    /**
     * An evaluation.
     *
     * @param score what to compare with
     * @param cuts values of the score that part real from bogus, ascending
     */
    PacketEvaluation(
            Path model, ModelFile file, ModelContract contract, List<Path> packets, Score score, List<Double> cuts) {
        this.model = model;
        this.file = file;
        this.contract = contract;
        this.packets = packets;
        this.score = score;
        this.cuts = cuts;
    }

    /** Writes the report, and prints its figures. */
    void run(Path report, boolean json, PrintWriter out) {
        try (TemporaryFolder folder = TemporaryFolder.create("packets")) {
            Path table = folder.path().resolve("classified.csv");
            Path stamps = folder.path().resolve("stamps.npy");
            classify(stamps, table);
            SurveyComparison comparison = SurveyComparison.of(candidates(table), cuts);
            if (comparison.compared().isEmpty()) {
                throw CommandException.failed("None of the " + comparison.candidates() + " candidates has a "
                        + score.column() + " and a probability; " + comparison.abstentions() + " are abstentions, "
                        + comparison.unreadable() + " cannot be read. There is nothing to compare.");
            }
            SurveyReport.Subject subject = new SurveyReport.Subject(
                    contract.modelName() + " " + contract.modelVersion(),
                    model.toString(),
                    file.sha256(),
                    packets.stream().map(Path::toString).collect(Collectors.joining(", ")),
                    score.column());
            try (NpyArray array = NpyArray.open(stamps)) {
                SurveyReport.write(subject, comparison, index -> stamp(array, index), report);
            }
            print(subject, comparison, report, json, out);
        } catch (IOException failure) {
            throw CommandException.failed("Cannot write " + report + ": " + FailureReason.of(failure) + ".");
        }
    }

    private void classify(Path stamps, Path table) {
        List<String> options =
                new ArrayList<>(List.of("--model", model.toString(), "--csv", "--npy", stamps.toString()));
        packets.forEach(packet -> options.add(packet.toString()));
        LauncherProcess.of(
                        CLASSIFY,
                        options,
                        "--packets needs the command classify: start the program by its launcher, ./stampede evaluate.")
                .run(table, "nothing was evaluated");
    }

    private List<SurveyCandidate> candidates(Path table) {
        List<SurveyCandidate> candidates = new ArrayList<>();
        CsvTable classified =
                CsvTable.read(table, "band", "signalToNoise", "negative", "probability", "verdict", score.column());
        for (CsvTable.Row row : classified.rows()) {
            candidates.add(new SurveyCandidate(
                    candidates.size(),
                    row.cell("band"),
                    row.number("signalToNoise"),
                    row.number("magnitude"),
                    row.cell("negative").isEmpty()
                            ? Optional.empty()
                            : Optional.of(row.cell("negative").equals("true")),
                    row.number(score.column()),
                    row.number("probability"),
                    verdict(row.cell("verdict"))));
        }
        return candidates;
    }

    private static SurveyCandidate.Verdict verdict(String cell) {
        return cell.isEmpty() ? SurveyCandidate.Verdict.UNREADABLE : SurveyCandidate.Verdict.valueOf(cell);
    }

    private Stamp stamp(NpyArray stamps, int index) {
        float[] pixels = new float[stamps.rowSize()];
        stamps.read(index, 1, pixels, 0);
        int size = contract.stampSize();
        return Stamp.of(contract.planes().size(), size, size, pixels);
    }

    private static void print(
            SurveyReport.Subject subject, SurveyComparison comparison, Path report, boolean json, PrintWriter out) {
        if (json) {
            out.println(SurveyReport.json(subject, comparison));
        } else {
            SurveyComparison.Group all = comparison.groups().get(0);
            out.printf(
                    Locale.ROOT,
                    "%d of %d candidates compared, rank correlation %.3f%n",
                    all.count(),
                    comparison.candidates(),
                    all.rankCorrelation());
            for (int i = 0; i < comparison.cuts().size(); i++) {
                SurveyComparison.Cut cut = comparison.cuts().get(i);
                out.printf(
                        Locale.ROOT,
                        "%s from %.3f: %d of %d REAL; below: %d of %d REAL; ROC area %.3f%n",
                        subject.score(),
                        cut.score(),
                        cut.aboveReal(),
                        cut.above(),
                        cut.belowReal(),
                        cut.below(),
                        all.areas().get(i));
            }
            out.println("wrote " + report.resolve(Report.PAGE));
        }
        out.flush();
    }
}
