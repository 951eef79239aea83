package dev.stampede.streaming.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.stampede.schemas.ModelRelease;
import dev.stampede.schemas.ReleaseRole;
import dev.stampede.stamps.contract.ModelFile;
import dev.stampede.stamps.normalise.Recipe;
import dev.stampede.stamps.score.TinyModel;
import dev.stampede.stamps.stamp.Plane;
import dev.stampede.streaming.Alerts;
import dev.stampede.streaming.BreakingModel;
import dev.stampede.streaming.monitor.HealthCheck;
import dev.stampede.streaming.monitor.StreamMetrics;
import dev.stampede.streaming.scoring.AlertScorerFactory;
import dev.stampede.streaming.scoring.Outcome;
import dev.stampede.streaming.scoring.PollScorer;
import dev.stampede.streaming.scoring.VerifiedModel;
import dev.stampede.streaming.wire.SingleObject;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Releases of real model files, some kilobytes each, and what becomes of a stream's models. */
class ReleaseReconcilerTest {
    private static final int MAX_BYTES = 1 << 20;

    private final StreamMetrics metrics = new StreamMetrics();
    private final VerifiedModel configured = VerifiedModel.open(model(0).file());
    private final AlertScorerFactory scoring = new AlertScorerFactory(configured, 100_000, metrics, Clock.systemUTC());
    private final AtomicInteger openings = new AtomicInteger();
    private long nanos;
    private boolean breaksNext;
    private final ReleaseLoader trial = new ReleaseLoader(
            scoring,
            new ModelFetch(MAX_BYTES, Duration.ofSeconds(10)),
            (file, role) -> {
                openings.incrementAndGet();
                return breaksNext ? BreakingModel.after(0, VerifiedModel.open(file)) : VerifiedModel.open(file);
            },
            () -> nanos);
    private final ReleaseReconciler reconciler = new ReleaseReconciler(scoring.models(), Duration.ofSeconds(1), trial);
    private final ReleaseRecords topic = new ReleaseRecords();
    private final Releases releases = new Releases();

    @TempDir
    private Path folder;

    private static TinyModel model(int version) {
        return TinyModel.standard().named("tiny", String.valueOf(version)).withThreshold(0.5f + version / 100f);
    }

    @AfterEach
    void close() {
        reconciler.close();
        configured.close();
    }

    private void send(ModelRelease release) {
        try {
            releases.add(topic.add(release));
        } catch (UnreadableReleaseException e) {
            throw new IllegalStateException(e);
        }
    }

    private void settle() {
        reconciler.reconcile(releases, Optional.empty());
    }

    private void release(TinyModel model, ReleaseRole role) {
        send(ReleaseRecords.release(model, role));
        settle();
    }

    /** The model that judges: the version of the tiny one, which an alert says too. */
    private String activeModel() {
        String version = scoring.model().identity().version();
        try (PollScorer scorer = scoring.newScorer()) {
            Outcome outcome = scorer.score(List.of(SingleObject.write(Alerts.uniform("a", 1f))))
                    .get(0);
            assertThat(((Outcome.Classified) outcome).model().version()).isEqualTo(version);
        }
        return version;
    }

    private Map<String, Double> refusals() {
        Map<String, Double> counts = new TreeMap<>();
        metrics.registry()
                .metricFamilySamples()
                .asIterator()
                .forEachRemaining(family -> family.samples.stream()
                        .filter(sample -> sample.name.equals("stampede_releases_refused_total") && sample.value > 0)
                        .forEach(sample -> counts.put(sample.labelValues.get(0), sample.value)));
        return counts;
    }

    private void assertRefused(String reason, String... description) {
        assertThat(activeModel()).isEqualTo("0");
        assertThat(refusals()).isEqualTo(Map.of(reason, 1.0));
        HealthCheck readiness = reconciler.readiness();
        assertThat(readiness.holds()).isFalse();
        assertThat(readiness.description())
                .contains("live: the configured model, tiny 0 (", "; rejected: ")
                .contains(description);
        int tried = openings.get();
        settle();
        assertThat(openings).as("tried once").hasValue(tried);
        assertThat(refusals()).as("said once").isEqualTo(Map.of(reason, 1.0));
        release(model(7), ReleaseRole.LIVE);
        assertThat(activeModel()).as("a good one after it").isEqualTo("7");
        assertThat(reconciler.readiness().holds()).isTrue();
    }

    @Test
    void aReleaseJudgesFromThenOnAndSaysSo() {
        assertThat(activeModel()).isEqualTo("0");
        release(model(1), ReleaseRole.LIVE);
        assertThat(activeModel()).isEqualTo("1");
        assertThat(reconciler.readiness().holds()).isTrue();
        assertThat(reconciler.readiness().description())
                .startsWith("live: tiny 1 (")
                .contains("offset 0");
        assertThat(metrics.registry().getSampleValue("stampede_model_swaps_total"))
                .isOne();
        String[] labels = {"name", "version", "sha256", "recipe"};
        String sha = model(1).file().sha256();
        assertThat(metrics.registry()
                        .getSampleValue("stampede_model_info", labels, new String[] {"tiny", "1", sha, "asinh-snr"}))
                .isOne();
    }

    @Test
    void onlyOneModelIsSaidToJudge() {
        metrics.classifiedBy(configured.identity().labels());
        release(model(1), ReleaseRole.LIVE);
        release(model(2), ReleaseRole.LIVE);
        assertThat(metrics.registry().metricFamilySamples().asIterator())
                .toIterable()
                .filteredOn(family -> family.name.equals("stampede_model_info"))
                .flatExtracting(family -> family.samples)
                .singleElement()
                .satisfies(sample -> assertThat(sample.labelValues).contains("2"));
    }

    @Test
    void ofTwoPromotionsAtOnceTheLaterJudges() {
        send(ReleaseRecords.release(model(1), ReleaseRole.LIVE));
        send(ReleaseRecords.release(model(2), ReleaseRole.LIVE));
        settle();
        assertThat(activeModel()).isEqualTo("2");
        assertThat(openings).as("the other is not even opened").hasValue(1);
    }

    @Test
    void aRollbackLeadsToTheReleaseBeforeAndAtLastToTheModelThatWasSet() {
        release(model(1), ReleaseRole.LIVE);
        release(model(2), ReleaseRole.LIVE);
        release(model(2), ReleaseRole.RETIRED);
        assertThat(activeModel()).isEqualTo("1");
        release(model(1), ReleaseRole.RETIRED);
        assertThat(activeModel()).isEqualTo("0");
        assertThat(reconciler.readiness().description()).startsWith("live: the configured model, tiny 0 (");
    }

    @Test
    void theModelThatWasSetCanBeReleasedToo() {
        release(model(1), ReleaseRole.LIVE);
        release(model(0), ReleaseRole.LIVE);
        assertThat(activeModel()).isEqualTo("0");
        assertThat(openings).hasValue(1);
        assertThat(reconciler.readiness().holds()).isTrue();
        assertThat(reconciler.readiness().description())
                .as("as ./stampede models lists it")
                .startsWith("live: tiny 0 (");
        release(model(0), ReleaseRole.RETIRED);
        assertThat(activeModel()).isEqualTo("1");
    }

    @Test
    void refusesACorruptFile() {
        byte[] whole = model(1).bytes();
        ModelFile half = ModelFile.of(Arrays.copyOf(whole, whole.length / 2), "half");
        send(ReleaseRecords.release(half, ReleaseRole.LIVE));
        settle();
        assertRefused("invalid", "not an ONNX model");
    }

    @Test
    void refusesAFileOfAnotherSha256() {
        ModelRelease release = ReleaseRecords.release(model(1), ReleaseRole.LIVE);
        byte[] other = model(1).bytes();
        other[other.length - 1] ^= 1;
        ReleaseRecords.set(release, "content", ByteBuffer.wrap(other));
        send(release);
        settle();
        assertRefused("wrong_content", "has the SHA-256", "not that of the release");
    }

    @Test
    void refusesAFileOfAnotherSize() {
        ModelRelease release = ReleaseRecords.release(model(1), ReleaseRole.LIVE);
        ReleaseRecords.set(release, "sizeBytes", release.getSizeBytes() - 1);
        send(release);
        settle();
        assertRefused("wrong_content", "bytes, the release ");
    }

    @Test
    void refusesAModelOfOtherPlanes() {
        release(model(1).withPlanes(Plane.MEAN), ReleaseRole.LIVE);
        assertRefused("mismatch", "it reads the coadds [MEAN], the stream [MEDIAN]");
    }

    @Test
    void refusesAModelOfAnotherStampSize() {
        release(model(1).withStampSize(25), ReleaseRole.LIVE);
        assertRefused("mismatch", "its stamps have 25 rows and columns, those of the stream 21");
    }

    @Test
    void refusesAnUnknownRecipe() {
        release(model(1).withEntry("stampede.recipe", "histogram"), ReleaseRole.LIVE);
        assertRefused("invalid", "histogram", "sigmag-unit-sum, asinh-snr");
    }

    @Test
    void refusesWrongGoldenStamps() {
        release(model(1).withGoldenError(0.1), ReleaseRole.LIVE);
        assertRefused("unverified", "check of the golden stamps");
    }

    @Test
    void refusesSwappedClasses() {
        release(model(1).withSwappedClasses(), ReleaseRole.LIVE);
        assertRefused("unverified", "are the labels swapped?");
    }

    @Test
    void refusesAFileThatIsTooLargeBeforeItIsFetched() {
        ModelRelease release = ReleaseRecords.release(model(1), ReleaseRole.LIVE);
        ReleaseRecords.set(release, "sizeBytes", MAX_BYTES + 1L);
        ReleaseRecords.set(release, "content", null);
        ReleaseRecords.set(
                release, "location", folder.resolve("not-even-there.onnx").toString());
        send(release);
        settle();
        assertRefused("too_large", "release.max-bytes");
    }

    @Test
    void refusesTheNameAndVersionOfTheConfiguredModel() {
        release(model(0).withThreshold(0.9f), ReleaseRole.LIVE);
        assertRefused("name_taken", "the configured model is another file named tiny 0");
    }

    @Test
    void refusesTheNameAndVersionOfAnEarlierRelease() {
        release(model(1), ReleaseRole.RETIRED);
        release(model(1).withThreshold(0.9f), ReleaseRole.LIVE);
        assertRefused("name_taken", "another file named tiny 1 was released before: tiny 1 (");
    }

    @Test
    void reportsWhatHasBecomeOfTheReleases() {
        String zero = configured.identity().sha256();
        assertThat(reconciler.status()).isEqualTo(new ReleaseStatus(zero, Optional.empty(), List.of()));
        release(model(1), ReleaseRole.LIVE);
        release(model(2), ReleaseRole.SHADOW);
        assertThat(reconciler.status())
                .isEqualTo(new ReleaseStatus(
                        model(1).file().sha256(), Optional.of(model(2).file().sha256()), List.of()));
        release(model(3).withGoldenError(0.1), ReleaseRole.LIVE);
        assertThat(reconciler.status().rejected()).singleElement().satisfies(rejection -> {
            assertThat(rejection.offset()).isEqualTo(2);
            assertThat(rejection.isRetried()).isFalse();
            assertThat(rejection.reason()).contains("tiny 3", "golden stamps");
        });
    }

    @Test
    void takesAModelOfAnotherRecipe() {
        release(model(1).withRecipe(Recipe.SIGMAG_UNIT_SUM), ReleaseRole.LIVE);
        assertThat(activeModel()).isEqualTo("1");
        assertThat(scoring.model().identity().recipe()).isEqualTo("sigmag-unit-sum");
    }

    @Test
    void triesAFileThatIsAwayAgainEverLessOften() {
        Path path = folder.resolve("late.onnx");
        ModelRelease release = ReleaseRecords.release(model(1), ReleaseRole.LIVE);
        ReleaseRecords.set(release, "content", null);
        ReleaseRecords.set(release, "location", path.toString());
        send(release);
        settle();
        assertThat(reconciler.readiness().description()).contains("late.onnx", "; retrying");
        model(1).write(path);
        nanos = ReleaseLoader.MIN_BACKOFF_NANOS - 1;
        settle();
        assertThat(activeModel()).as("not yet tried again").isEqualTo("0");
        assertThat(refusals()).isEqualTo(Map.of("unavailable", 1.0));
        nanos = ReleaseLoader.MIN_BACKOFF_NANOS;
        settle();
        assertThat(activeModel()).isEqualTo("1");
        assertThat(reconciler.readiness().holds()).isTrue();
    }

    @Test
    void waitsTwiceAsLongEachTimeUpToAMinuteAndSaysItOnce() throws Exception {
        Path path = folder.resolve("never.onnx");
        ModelRelease release = ReleaseRecords.release(model(1), ReleaseRole.LIVE);
        ReleaseRecords.set(release, "content", null);
        ReleaseRecords.set(release, "location", path.toString());
        send(release);
        settle();
        long wait = ReleaseLoader.MIN_BACKOFF_NANOS;
        for (int i = 0; i < 10; i++) {
            nanos += wait;
            settle();
            wait = Math.min(2 * wait, TimeUnit.MINUTES.toNanos(1));
        }
        assertThat(wait).isEqualTo(TimeUnit.MINUTES.toNanos(1));
        Files.write(path, model(1).bytes());
        nanos += wait - 1;
        settle();
        assertThat(activeModel()).isEqualTo("0");
        nanos++;
        settle();
        assertThat(activeModel()).isEqualTo("1");
        assertThat(refusals()).isEqualTo(Map.of("unavailable", 1.0));
    }

    @Test
    void aReleaseWhoseFileIsAwayHoldsNoLaterOneUp() {
        ModelRelease away = ReleaseRecords.release(model(1), ReleaseRole.LIVE);
        ReleaseRecords.set(away, "content", null);
        ReleaseRecords.set(away, "location", folder.resolve("away.onnx").toString());
        send(away);
        settle();
        release(model(2), ReleaseRole.LIVE);
        assertThat(activeModel()).isEqualTo("2");
        assertThat(reconciler.readiness().holds()).isTrue();
    }

    /** As where an instance starts anew. */
    @Test
    void whereTheNewestCannotBeTakenTheOneBeforeItJudges() {
        send(ReleaseRecords.release(model(1), ReleaseRole.LIVE));
        send(ReleaseRecords.release(model(2).withGoldenError(0.1), ReleaseRole.LIVE));
        settle();
        assertThat(activeModel()).isEqualTo("1");
        assertThat(reconciler.readiness().holds()).isFalse();
        assertThat(reconciler.readiness().description())
                .startsWith("live: tiny 1")
                .contains("rejected: tiny 2");
    }

    @Test
    void aShadowScoresBesideAndGoesWithItsRole() {
        release(model(1), ReleaseRole.SHADOW);
        assertThat(activeModel()).isEqualTo("0");
        assertThat(scoring.models()
                        .current()
                        .shadow()
                        .orElseThrow()
                        .model()
                        .identity()
                        .version())
                .isEqualTo("1");
        assertThat(reconciler.readiness().description()).contains("shadow: tiny 1");
        release(model(2), ReleaseRole.SHADOW);
        assertThat(scoring.models()
                        .current()
                        .shadow()
                        .orElseThrow()
                        .model()
                        .identity()
                        .version())
                .isEqualTo("2");
        release(model(2), ReleaseRole.LIVE);
        assertThat(activeModel()).isEqualTo("2");
        release(model(1), ReleaseRole.RETIRED);
        assertThat(scoring.models().current().shadow()).isEmpty();
        assertThat(reconciler.readiness().holds()).isTrue();
    }

    @Test
    void aShadowThatFailsIsDroppedAndSaidOnce() {
        breaksNext = true;
        release(model(1), ReleaseRole.SHADOW);
        assertThat(reconciler.readiness().holds()).isTrue();
        assertThat(activeModel()).as("a poll that it fails in").isEqualTo("0");
        for (int turn = 0; turn < 2; turn++) {
            settle();
            assertThat(scoring.models().current().shadow()).isEmpty();
            assertThat(refusals()).isEqualTo(Map.of("failed", 1.0));
            assertThat(reconciler.readiness().holds()).isFalse();
            assertThat(reconciler.readiness().description())
                    .startsWith("live: the configured model, tiny 0 (")
                    .contains("; rejected: tiny 1", "it failed while scoring: CUDA failure 700");
        }
        breaksNext = false;
        release(model(2), ReleaseRole.SHADOW);
        assertThat(activeModel()).isEqualTo("0");
        settle();
        assertThat(scoring.models().current().shadow()).isPresent();
        assertThat(reconciler.readiness().holds()).isTrue();
    }

    @Test
    void aShadowOfOtherPlanesIsRefused() {
        release(model(1).withPlanes(Plane.SUM), ReleaseRole.SHADOW);
        assertThat(scoring.models().current().shadow()).isEmpty();
        assertThat(refusals()).isEqualTo(Map.of("mismatch", 1.0));
        assertThat(reconciler.readiness().holds()).isFalse();
    }

    @Test
    void aRecordThatIsNoReleaseIsSaid() {
        reconciler.reconcile(releases, Optional.of("the record at offset 3 of models is not a release"));
        assertThat(reconciler.readiness().holds()).isFalse();
        assertThat(reconciler.readiness().description()).contains("the record at offset 3 of models is not a release");
        settle();
        assertThat(reconciler.readiness().holds()).isTrue();
    }

    @Test
    void aModelThatWasReplacedIsClosedAndAScorerOfItScoresOn() {
        release(model(1), ReleaseRole.LIVE);
        var before = scoring.model();
        try (var predict = before.newScorer()) {
            release(model(2), ReleaseRole.LIVE);
            assertThat(predict.score(List.of(model(1).stamp(30, 1)))).hasSize(1);
            assertThatIllegalStateException().isThrownBy(before::newScorer).withMessageContaining("is closed");
        }
    }
}
