package dev.stampede.benchmarks.gpu;

import ai.onnxruntime.OrtException;
import dev.stampede.benchmarks.rate.Loop;
import dev.stampede.stamps.contract.ModelFile;
import dev.stampede.stamps.score.Scorer;
import dev.stampede.stamps.score.StampModel;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Measures the throughput of a model at several batch sizes. */
final class BatchRates {
    private final GpuSettings settings;
    private final PrintStream notes;

    BatchRates(GpuSettings settings, PrintStream notes) {
        this.settings = settings;
        this.notes = notes;
    }

    /** The rates of {@code file}, called {@code name}, for each batch size. */
    List<BatchRate> of(ModelFile file, String name) throws OrtException, InterruptedException {
        List<BatchRate> rates = new ArrayList<>();
        try (StampModel model = StampModel.open(file, settings.exactBatches());
                StampModel onCpu = StampModel.open(file, GpuSettings.allCores());
                PlainSession plain = PlainSession.open(file, model.contract(), settings.isCuda(), options -> {})) {
            for (int batch : settings.batches()) {
                double rate = rate(scoring(model, batch));
                double newTensors = rate(plainRuns(plain, batch));
                double cpu = settings.isCuda() ? rate(scoring(onCpu, batch)) : rate;
                rates.add(new BatchRate(
                        name, batch, Math.round(rate), Math.round(newTensors), Math.round(cpu), rate / cpu));
                notes.printf(Locale.ROOT, "    batch %d: %,.0f stamps per second%n", batch, rate);
            }
        }
        return rates;
    }

    /** After one step, in which cuDNN searches its algorithms. */
    private double rate(Loop loop) throws InterruptedException {
        boolean works = false;
        try {
            loop.step();
            works = true;
        } finally {
            if (!works) {
                loop.close();
            }
        }
        return Loop.measure(1, settings.seconds(), () -> loop).perSecond();
    }

    private static Loop scoring(StampModel model, int batch) {
        Scorer scorer = model.newScorer(batch);
        float[] stamp = new float[model.contract().input().pixels()];
        while (scorer.count() < batch) {
            scorer.add(stamp);
        }
        return new Loop() {
            @Override
            public int step() {
                scorer.run();
                return batch;
            }

            @Override
            public void close() {
                scorer.close();
            }
        };
    }

    private static Loop plainRuns(PlainSession session, int batch) throws OrtException {
        Map<String, float[]> noise = session.noise(batch);
        return Loop.of(() -> {
            try {
                session.run(noise, batch);
            } catch (OrtException failure) {
                throw new IllegalStateException("ONNX Runtime failed on " + batch + " stamps", failure);
            }
            return batch;
        });
    }
}
