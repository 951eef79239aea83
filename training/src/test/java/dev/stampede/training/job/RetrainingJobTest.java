package dev.stampede.training.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.stampede.stamps.file.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetrainingJobTest {
    private static final PromotionRule AUTOMATIC = new PromotionRule(true, 1000, 0.05, 2);
    private static final PromotionRule ASKING = new PromotionRule(false, 1000, 0.05, 2);
    private static final Instant FIRST_DAY = Instant.parse("2026-11-24T10:00:00Z");

    @TempDir
    Path folder = Path.of("");

    private final RecordedSteps steps = new RecordedSteps();
    private final List<String> log = new ArrayList<>();
    private int day;

    /** One start, a day after the last one. */
    private JobState start(PromotionRule rule) throws IOException {
        Clock clock = Clock.fixed(FIRST_DAY.plus(Duration.ofDays(day++)), ZoneOffset.UTC);
        JobSettings settings = new JobSettings(rule, 50, Duration.ofDays(60), 20);
        try (JobFolder open = JobFolder.open(folder).orElseThrow()) {
            return new RetrainingJob(open, settings, steps, clock, log::add).advance();
        }
    }

    @Test
    void goesFromLabelsToALiveModelInTwoStarts() throws IOException {
        JobState first = start(AUTOMATIC);
        assertThat(first.stage()).isEqualTo(JobStage.SHADOW);
        assertThat(first.run()).isEqualTo("20261124T100000Z");
        assertThat(steps.calls).containsExactly("label", "export", "retrain with 0 earlier", "retrain", "shadow");

        steps.calls.clear();
        steps.labels = 0;
        JobState second = start(AUTOMATIC);
        assertThat(steps.calls).containsExactly("compare", "promote", "label", "export after 20261124T100000Z");
        assertThat(steps.live).isEqualTo("model of 20261124T100000Z");
        assertThat(second.stage()).isEqualTo(JobStage.IDLE);
        assertThat(second.finished()).extracting(FinishedRun::outcome).containsExactly(RunOutcome.PROMOTED);
        assertThat(second.lastSuccessEpochSeconds())
                .isEqualTo(FIRST_DAY.plus(Duration.ofDays(1)).getEpochSecond());
    }

    @Test
    void doesNotTrainOnFewLabelsAndKeepsThemForTheNextRun() throws IOException {
        steps.labels = 49;
        assertThat(start(AUTOMATIC).stage()).isEqualTo(JobStage.IDLE);
        assertThat(steps.calls).containsExactly("label", "export");
        assertThat(folder.resolve("runs/20261124T100000Z")).doesNotExist();
        assertThat(log).anyMatch(line -> line.startsWith("Too few labels for a retraining: 50 of each class"));

        steps.labels = 50;
        assertThat(start(AUTOMATIC).stage()).isEqualTo(JobStage.SHADOW);
        assertThat(steps.calls).contains("export").noneMatch(call -> call.startsWith("export after"));
    }

    @Test
    void endsARunThatTheGateRejectsAndTrainsTheNextOneOnItsLabelsToo() throws IOException {
        steps.gateAccepts = false;
        JobState rejected = start(AUTOMATIC);
        assertThat(rejected.stage()).isEqualTo(JobStage.IDLE);
        assertThat(rejected.finished()).singleElement().satisfies(run -> {
            assertThat(run.outcome()).isEqualTo(RunOutcome.REJECTED);
            assertThat(run.findings().gate().missedByNew()).isEqualTo(0.1);
        });
        assertThat(steps.shadow).isEmpty();

        start(AUTOMATIC);
        assertThat(steps.calls).contains("export after 20261124T100000Z", "retrain with 1 earlier");
    }

    @ParameterizedTest
    @ValueSource(strings = {"label", "export", "retrain", "shadow", "compare", "promote"})
    void continuesAfterBeingKilledInAnyStep(String step) throws IOException {
        steps.failing = step;
        int starts = 0;
        JobState state = JobState.FIRST;
        for (; starts < 4 && state.count(RunOutcome.PROMOTED) == 0; starts++) {
            try {
                state = start(AUTOMATIC);
            } catch (IllegalStateException killed) {
                assertThat(killed).hasMessageStartingWith(step);
            }
        }
        assertThat(starts).as("starts").isEqualTo(3);
        assertThat(state.finished()).extracting(FinishedRun::id).containsExactly("20261124T100000Z");
        assertThat(steps.live).isEqualTo("model of 20261124T100000Z");
    }

    @Test
    void waitsForTheAlertsOfTheRule() throws IOException {
        start(AUTOMATIC);
        steps.agreement = new ShadowAgreement(999, 999, 100, 100);
        JobState waiting = start(AUTOMATIC);
        assertThat(waiting.stage()).isEqualTo(JobStage.SHADOW);
        assertThat(waiting.findings().agreement().alerts()).isEqualTo(999);
        assertThat(log.get(log.size() - 1)).contains("has scored 999 of 1000 alerts as shadow");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            949 | 100 | 100 | another verdict on 5.10 %
            990 | 100 | 215 | calls 215 of 1000 alerts REAL, the live model 100
            990 | 215 | 100 | calls 100 of 1000 alerts REAL, the live model 215
            """)
    void asksAPersonIfTheShadowIsBeyondALimit(long agreeing, long byLive, long byShadow, String reason)
            throws IOException {
        start(AUTOMATIC);
        steps.agreement = new ShadowAgreement(1000, agreeing, byLive, byShadow);
        JobState state = start(AUTOMATIC);
        assertThat(state.stage()).isEqualTo(JobStage.DECISION);
        assertThat(state.reason()).contains(reason);
        assertThat(steps.calls).doesNotContain("promote");
    }

    @Test
    void asksAPersonIfAnotherModelBecameLiveMeanwhile() throws IOException {
        start(AUTOMATIC);
        steps.live = "a model that a person promoted";
        assertThat(start(AUTOMATIC).reason()).contains("another model became live");
    }

    @Test
    void doesNotReplaceTheShadowOfAPerson() throws IOException {
        steps.shadow = "a shadow that a person released";
        assertThat(start(AUTOMATIC).stage()).isEqualTo(JobStage.RELEASE);
        assertThat(steps.calls).doesNotContain("shadow");
        assertThat(log.get(log.size() - 1)).contains("waits until that one is promoted or withdrawn");

        steps.shadow = "";
        assertThat(start(AUTOMATIC).stage()).isEqualTo(JobStage.SHADOW);
    }

    @Test
    void doesNotPromoteAModelThatWasWithdrawnDuringTheComparison() throws IOException {
        start(AUTOMATIC);
        steps.shadowAfterComparison = Optional.of("");
        assertThat(start(AUTOMATIC).stage()).isEqualTo(JobStage.SHADOW);
        assertThat(steps.calls).doesNotContain("promote");
        assertThat(start(AUTOMATIC).count(RunOutcome.WITHDRAWN)).isEqualTo(1);
    }

    @Test
    void recordsWhatThePersonDecided() throws IOException {
        start(ASKING);
        assertThat(start(ASKING).stage()).isEqualTo(JobStage.DECISION);
        assertThat(start(ASKING).stage()).as("no person has decided").isEqualTo(JobStage.DECISION);
        assertThat(log.get(log.size() - 1)).contains("Accept it with promote ", "rollback --as shadow");
        steps.promote(folder.resolve("runs/20261124T100000Z/next.onnx"), "by a person");
        JobState next = start(ASKING);
        assertThat(next.finished()).extracting(FinishedRun::outcome).containsExactly(RunOutcome.PROMOTED);
        assertThat(next.stage()).as("of the next run").isEqualTo(JobStage.SHADOW);

        steps.shadow = "";
        assertThat(start(ASKING).count(RunOutcome.WITHDRAWN)).isEqualTo(1);
    }

    @Test
    void twoStartsNeverWorkAtTheSameTime() throws IOException {
        try (JobFolder first = JobFolder.open(folder).orElseThrow()) {
            assertThat(first.state().stage()).isEqualTo(JobStage.IDLE);
            assertThat(JobFolder.open(folder)).isEmpty();
        }
        try (JobFolder later = JobFolder.open(folder).orElseThrow()) {
            assertThat(later.path()).isEqualTo(folder);
        }
    }

    @Test
    void aRunWhoseFolderWasDeletedBeginsAgain() throws IOException {
        steps.failing = "retrain";
        assertThatIllegalStateException().isThrownBy(() -> start(AUTOMATIC));
        Folders.delete(folder.resolve("runs/20261124T100000Z"));
        assertThat(start(AUTOMATIC).stage()).isEqualTo(JobStage.SHADOW);
        assertThat(steps.calls).filteredOn(call -> call.equals("export")).hasSize(2);
    }

    private String page(JobState state) throws IOException {
        try (JobFolder open = JobFolder.open(folder).orElseThrow()) {
            RunsPage.write(open, state);
        }
        return Files.readString(folder.resolve(RunsPage.NAME));
    }

    @Test
    void thePageLinksToTheReportOfEachRunThatHasOne() throws IOException {
        steps.gateAccepts = false;
        JobState state = start(AUTOMATIC);
        assertThat(page(state))
                .contains("<a href=\"runs/20261124T100000Z/report/report.html\">", "<td>10.00 %</td>", "rejected")
                .doesNotContain("A person has to decide");

        Folders.delete(folder.resolve("runs/20261124T100000Z"));
        assertThat(page(state)).contains("<td>20261124T100000Z</td>").doesNotContain("href=\"runs");
    }

    @Test
    void thePageTellsWhyAPersonHasToDecide() throws IOException {
        start(ASKING);
        assertThat(page(start(ASKING))).contains("A person has to decide, because promotion is by a person.");
    }
}
