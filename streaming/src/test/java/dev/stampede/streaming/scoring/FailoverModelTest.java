package dev.stampede.streaming.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.stampede.stamps.score.ModelVerificationException;
import dev.stampede.stamps.score.Prediction;
import dev.stampede.stamps.score.TinyModel;
import dev.stampede.stamps.stamp.Stamp;
import dev.stampede.streaming.BreakingModel;
import dev.stampede.streaming.FirstPixelModel;
import dev.stampede.streaming.monitor.StreamMetrics;
import dev.stampede.streaming.settings.EngineFailurePolicy;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FailoverModelTest {
    private static final TinyModel TINY = TinyModel.standard();
    private static final List<Stamp> STAMPS = List.of(TINY.stamp(30, 1), TINY.stamp(0, 2));

    private final StreamMetrics metrics = new StreamMetrics();
    private final AtomicInteger openedOnCpu = new AtomicInteger();

    private ModelHandle guard(ModelHandle model, EngineFailurePolicy policy) {
        return FailoverModel.over(model, policy, this::openOnCpu, metrics);
    }

    private ModelHandle openOnCpu() {
        openedOnCpu.incrementAndGet();
        return VerifiedModel.open(TINY.file());
    }

    @Test
    void goesOnWithAProvenCpuModelAndSaysSo() {
        try (ModelHandle model =
                        guard(BreakingModel.after(1, VerifiedModel.open(TINY.file())), EngineFailurePolicy.CPU);
                StampScorer scorer = model.newScorer()) {
            List<Prediction> before = scorer.score(STAMPS);
            assertThat(scorer.executionProvider()).isEqualTo("cuda");
            assertThat(model.degradation()).isEmpty();

            assertThat(scorer.score(STAMPS)).isEqualTo(before);
            assertThat(scorer.executionProvider()).isEqualTo("cpu");
            assertThat(model.identity().executionProvider()).isEqualTo("cpu");
            assertThat(model.degradation())
                    .hasValueSatisfying(description -> assertThat(description)
                            .contains("cuda failed", "CUDA failure 700", "running on cpu since then"));
            assertThat(provider("cpu")).isOne();
            assertThat(provider("cuda")).isNull();
            try (StampScorer another = model.newScorer()) {
                assertThat(another.executionProvider()).isEqualTo("cpu");
            }
        }
    }

    private Double provider(String name) {
        return metrics.registry()
                .getSampleValue("stampede_execution_provider_info", new String[] {"provider"}, new String[] {name});
    }

    @Test
    void neverAsksTheGpuAgainEvenIfItWouldAnswer() {
        BreakingModel gpu = BreakingModel.onceAfter(0, VerifiedModel.open(TINY.file()));
        try (ModelHandle model = guard(gpu, EngineFailurePolicy.CPU);
                StampScorer one = model.newScorer();
                StampScorer other = model.newScorer()) {
            one.score(STAMPS);
            other.score(STAMPS);
            one.score(STAMPS);
            assertThat(gpu.runs).hasValue(1);
            assertThat(openedOnCpu).hasValue(1);
            assertThat(gpu.openScorers).hasValue(0);
        }
    }

    @Test
    void failsForGoodWhereTheStreamIsToStop() {
        BreakingModel gpu = BreakingModel.onceAfter(0, VerifiedModel.open(TINY.file()));
        try (ModelHandle model = guard(gpu, EngineFailurePolicy.STOP);
                StampScorer scorer = model.newScorer();
                StampScorer other = model.newScorer()) {
            for (StampScorer each : List.of(scorer, scorer, other, model.newScorer())) {
                assertThatExceptionOfType(EngineFailedException.class)
                        .isThrownBy(() -> each.score(STAMPS))
                        .withMessageContainingAll("cuda failed", "CUDA failure 700", "engine.on-failure=cpu")
                        .withCauseInstanceOf(IllegalStateException.class);
            }
            assertThat(model.degradation())
                    .hasValueSatisfying(description -> assertThat(description).contains("nothing is scored"));
            assertThat(openedOnCpu).hasValue(0);
        }
    }

    @Test
    void neverScoresOnACpuModelThatIsNotProven() {
        ModelHandle gpu = BreakingModel.after(0, VerifiedModel.open(TINY.file()));
        TinyModel swapped = TinyModel.standard().withSwappedClasses();
        try (ModelHandle model = FailoverModel.over(
                        gpu, EngineFailurePolicy.CPU, () -> VerifiedModel.open(swapped.file()), metrics);
                StampScorer scorer = model.newScorer()) {
            for (int attempt = 0; attempt < 2; attempt++) {
                assertThatExceptionOfType(ModelVerificationException.class).isThrownBy(() -> scorer.score(STAMPS));
            }
            assertThat(model.degradation())
                    .hasValueSatisfying(description -> assertThat(description).contains("nothing is scored"));
        }
    }

    @Test
    void leavesAModelOnTheCpuAlone() {
        FirstPixelModel onCpu = new FirstPixelModel();
        assertThat(guard(onCpu, EngineFailurePolicy.CPU)).isSameAs(onCpu);
    }

    /** Eight threads share the model while it breaks under them: one CPU model, no answer lost or changed. */
    @Test
    void movesEveryThreadToTheSameCpuModel() throws InterruptedException, ExecutionException {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try (ModelHandle model =
                guard(BreakingModel.after(50, VerifiedModel.open(TINY.file())), EngineFailurePolicy.CPU)) {
            List<Prediction> expected;
            try (ModelHandle cpu = VerifiedModel.open(TINY.file());
                    StampScorer scorer = cpu.newScorer()) {
                expected = scorer.score(STAMPS);
            }
            List<Future<Boolean>> results = IntStream.range(0, 8)
                    .mapToObj(thread -> threads.submit(() -> {
                        try (StampScorer scorer = model.newScorer()) {
                            return IntStream.range(0, 50)
                                    .allMatch(run -> scorer.score(STAMPS).equals(expected));
                        }
                    }))
                    .toList();
            for (Future<Boolean> result : results) {
                assertThat(result.get()).isTrue();
            }
            assertThat(openedOnCpu).hasValue(1);
        } finally {
            threads.shutdownNow();
        }
    }
}
