package dev.stampede.benchmarks.gpu;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import dev.stampede.benchmarks.rate.Loop;
import dev.stampede.stamps.contract.GoldenStamp;
import dev.stampede.stamps.contract.ModelContract;
import dev.stampede.stamps.contract.ModelFile;
import dev.stampede.stamps.explain.Explainer;
import dev.stampede.stamps.explain.Explanation;
import dev.stampede.stamps.explain.OcclusionSettings;
import dev.stampede.stamps.score.EngineSettings;
import dev.stampede.stamps.score.Prediction.Scored;
import dev.stampede.stamps.score.StampModel;
import dev.stampede.stamps.score.StampPredictor;
import dev.stampede.stamps.stamp.Stamp;
import dev.stampede.streaming.scoring.VerifiedModel;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Checks of the models in this process. */
final class ModelChecks {
    /** The tolerance with which a model is opened holds between providers too. */
    private static final float TOLERANCE = 1e-3f;

    private final GpuSettings settings;
    private final PrintStream notes;

    /** @param notes for progress */
    ModelChecks(GpuSettings settings, PrintStream notes) {
        this.settings = settings;
        this.notes = notes;
    }

    /** What one model is measured by. */
    @FunctionalInterface
    private interface Measurement {
        Object of(ModelFile model) throws IOException, OrtException, InterruptedException;
    }

    /** The results of all models by name. */
    private Map<String, Object> each(Measurement measurement) throws IOException, InterruptedException {
        Map<String, Object> figures = new LinkedHashMap<>();
        for (int i = 0; i < settings.models().size(); i++) {
            String name = settings.modelNames().get(i);
            notes.println("  " + name);
            try {
                figures.put(name, measurement.of(settings.models().get(i)));
            } catch (OrtException failure) {
                throw new IllegalStateException("the model " + name + ": " + failure.getMessage(), failure);
            }
        }
        return figures;
    }

    /** The provider opens, and the golden stamps pass. */
    Finding provider() {
        try (StampModel model = StampModel.open(settings.models().get(0), settings.engine())) {
            String version = OrtEnvironment.getEnvironment().getVersion();
            return Finding.good(
                    "ONNX Runtime " + version + " scores on " + model.executionProvider(),
                    Map.of("onnxRuntime", version));
        }
    }

    /** Every node of each graph runs on the provider. */
    Finding nodes() throws IOException, InterruptedException {
        String expected = settings.isCuda() ? "CUDAExecutionProvider" : "CPUExecutionProvider";
        List<String> elsewhere = new ArrayList<>();
        Map<String, Object> figures = each(model -> {
            Map<String, List<String>> operators = NodeProviders.of(model, contract(model), settings.isCuda());
            Map<String, Integer> counts = new LinkedHashMap<>();
            operators.forEach((provider, nodes) -> {
                counts.put(provider, nodes.size());
                if (!provider.equals(expected)) {
                    elsewhere.add(nodes + " of " + model.origin() + " on " + provider);
                }
            });
            if (!counts.containsKey(expected)) {
                elsewhere.add("nothing of " + model.origin() + " on " + expected);
            }
            return counts;
        });
        return elsewhere.isEmpty()
                ? Finding.good("every node of every model runs on " + expected, figures)
                : Finding.bad(String.join("; ", elsewhere), figures);
    }

    private static ModelContract contract(ModelFile file) {
        try (StampModel model = StampModel.open(file)) {
            return model.contract();
        }
    }

    /** The golden stamps of each model get their probabilities, and those of the CPU. */
    Finding agreement() throws IOException, InterruptedException {
        float[] worst = new float[2];
        Map<String, Object> figures = each(file -> {
            try (StampModel model = StampModel.open(file, settings.engine());
                    StampModel onCpu = StampModel.open(file)) {
                List<GoldenStamp> golden = model.contract().goldenStamps();
                List<Stamp> stamps = golden.stream().map(GoldenStamp::stamp).toList();
                List<Float> here = probabilities(model, stamps);
                float fromGolden = difference(
                        here, golden.stream().map(GoldenStamp::probability).toList());
                float fromCpu = difference(here, probabilities(onCpu, stamps));
                worst[0] = Math.max(worst[0], fromGolden);
                worst[1] = Math.max(worst[1], fromCpu);
                return Map.of("goldenStamps", golden.size(), "fromGolden", fromGolden, "fromCpu", fromCpu);
            }
        });
        String detail = "largest difference from the golden probabilities %.1e, from the CPU %.1e"
                .formatted(worst[0], worst[1]);
        return new Finding(worst[1] <= TOLERANCE, detail, figures);
    }

    private static List<Float> probabilities(StampModel model, List<Stamp> stamps) {
        try (StampPredictor predictor = model.newPredictor(stamps.size())) {
            return predictor.predict(stamps).stream()
                    .map(prediction -> prediction instanceof Scored scored ? scored.probability() : Float.NaN)
                    .toList();
        }
    }

    /** Infinity if one of them is not a number. */
    private static float difference(List<Float> some, List<Float> others) {
        float largest = 0;
        for (int i = 0; i < some.size(); i++) {
            float difference = Math.abs(some.get(i) - others.get(i));
            largest = Float.isNaN(difference) ? Float.POSITIVE_INFINITY : Math.max(largest, difference);
        }
        return largest;
    }

    /** The first run of each batch size of the stream. */
    Finding warmUp() throws IOException, InterruptedException {
        Map<String, Object> figures = each(file -> {
            try (StampModel model = StampModel.open(file, settings.engine())) {
                long start = System.nanoTime();
                model.warmUp(VerifiedModel.maxBatch(model));
                return (System.nanoTime() - start) / 1e9;
            }
        });
        return Finding.good("all batch sizes of the stream have run", figures);
    }

    /** The rates of each model at each batch size. */
    Finding throughput() throws IOException, InterruptedException {
        List<BatchRate> rates = new ArrayList<>();
        BatchRates measurement = new BatchRates(settings, notes);
        each(file -> rates.addAll(
                measurement.of(file, settings.modelNames().get(settings.models().indexOf(file)))));
        BatchRate best = rates.stream()
                .reduce((one, other) -> one.ratioToCpu() >= other.ratioToCpu() ? one : other)
                .orElseThrow();
        String detail = "up to %.1f times the CPU: %s, batch %d, %,d stamps per second"
                .formatted(best.ratioToCpu(), best.model(), best.batch(), best.perSecond());
        return Finding.good(detail, Map.of("rates", rates));
    }

    /** Occlusion maps of the golden stamps of the first model, per second. */
    Finding explanations() throws InterruptedException {
        ModelFile file = settings.models().get(0);
        double here = mapsPerSecond(file, settings.engine());
        double onCpu = settings.isCuda() ? mapsPerSecond(file, EngineSettings.CPU) : here;
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("perSecond", here);
        figures.put("oneCpuThreadPerSecond", onCpu);
        return new Finding(
                here > 0, "%.1f maps per second, %.1f on one thread of the CPU".formatted(here, onCpu), figures);
    }

    private double mapsPerSecond(ModelFile file, EngineSettings engine) throws InterruptedException {
        try (StampModel model = StampModel.open(file, engine);
                Explainer explainer =
                        Explainer.of(model, OcclusionSettings.standard(), VerifiedModel.maxPositions(model))) {
            List<Stamp> stamps = model.contract().goldenStamps().stream()
                    .map(GoldenStamp::stamp)
                    .toList();
            maps(explainer, stamps); // the first run is slow
            return Loop.measure(1, settings.seconds(), () -> Loop.of(() -> maps(explainer, stamps)))
                    .perSecond();
        }
    }

    private static int maps(Explainer explainer, List<Stamp> stamps) {
        return (int) explainer.explain(stamps).stream()
                .map(Explanation::map)
                .filter(map -> map.isPresent())
                .count();
    }
}
