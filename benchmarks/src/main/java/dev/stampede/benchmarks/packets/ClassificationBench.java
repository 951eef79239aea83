package dev.stampede.benchmarks.packets;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.stampede.benchmarks.rate.Loop;
import dev.stampede.stamps.contract.ModelContract;
import dev.stampede.stamps.contract.ModelFile;
import dev.stampede.stamps.score.InputNormaliser;
import dev.stampede.stamps.score.Prediction;
import dev.stampede.stamps.score.StampModel;
import dev.stampede.stamps.score.StampPredictor;
import dev.stampede.stamps.stamp.Plane;
import dev.stampede.stamps.stamp.Stamp;
import dev.stampede.streaming.packet.AlertDecoder;
import dev.stampede.streaming.packet.OutOfDomain;
import dev.stampede.streaming.packet.PacketInput;
import dev.stampede.systemtests.harness.Results;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.ToDoubleFunction;

/**
 * Classifies packets with a model on all threads, from their bytes to the verdict, in alternating rounds with ONNX Runtime
 * alone on the same tensors in the same batches.
 */
final class ClassificationBench {
    private static final int BATCH = 64;
    private static final int ROUNDS = 5;
    private static final List<Plane> ONE_CUTOUT = List.of(Plane.DIFFERENCE);
    private static final List<Plane> THREE_CUTOUTS = List.of(Plane.SCIENCE, Plane.TEMPLATE, Plane.DIFFERENCE);

    private final List<byte[]> packets;
    private final StampModel model;
    private final ModelContract contract;
    private final int threads;
    private final double seconds;
    private final LongAdder readNanos = new LongAdder();
    private final LongAdder prepareNanos = new LongAdder();
    private final LongAdder modelNanos = new LongAdder();
    private final LongAdder classified = new LongAdder();

    private ClassificationBench(List<byte[]> packets, StampModel model, int threads, double seconds) {
        this.packets = packets;
        this.model = model;
        this.contract = model.contract();
        this.threads = threads;
        this.seconds = seconds;
    }

    /**
     * The result, by its names in the JSON. Rates are of all threads together; times are of one thread, microseconds for one
     * packet, medians of the rounds.
     *
     * @param ratioToOnnxRuntime median of the ratios within a round
     * @param readMicros decoding, and reading the images of the model
     * @param normaliseMicros cropping, quality and normalisation
     * @param readOneCutoutMicros reading a packet for the difference image alone, on one thread
     * @param readThreeCutoutsMicros reading a packet for science, template and difference, on one thread
     */
    record Result(
            String model,
            int packets,
            int threads,
            int batch,
            double classifiedPerSecond,
            double onnxRuntimePerSecond,
            double ratioToOnnxRuntime,
            double readMicros,
            double normaliseMicros,
            double onnxRuntimeMicros,
            double readOneCutoutMicros,
            double readThreeCutoutsMicros) {}

    private record Round(
            double classified,
            double alone,
            double readMicros,
            double normaliseMicros,
            double modelMicros,
            double readOneMicros,
            double readThreeMicros) {}

    static Result run(ModelFile file, List<byte[]> packets, int threads, double secondsPerRound)
            throws InterruptedException {
        try (StampModel model = StampModel.open(file);
                OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1); // as Stampede: each thread scores its own batch
            try (OrtSession session = OrtEnvironment.getEnvironment().createSession(file.bytes(), options)) {
                return new ClassificationBench(packets, model, threads, secondsPerRound).run(session);
            }
        } catch (OrtException e) {
            throw new IllegalStateException("Cannot run " + file.origin() + " without Stampede", e);
        }
    }

    private Result run(OrtSession session) throws InterruptedException {
        FloatBuffer tensor = tensor();
        List<Round> rounds = new ArrayList<>();
        for (int round = 0; round <= ROUNDS; round++) {
            Round measured = round(session, tensor);
            if (round > 0) { // the first warms up
                rounds.add(measured);
            }
        }
        return new Result(
                contract.modelName() + " " + contract.modelVersion(),
                packets.size(),
                threads,
                BATCH,
                median(rounds, Round::classified),
                median(rounds, Round::alone),
                median(rounds, round -> round.classified() / round.alone()),
                median(rounds, Round::readMicros),
                median(rounds, Round::normaliseMicros),
                median(rounds, Round::modelMicros),
                median(rounds, Round::readOneMicros),
                median(rounds, Round::readThreeMicros));
    }

    private static double median(List<Round> rounds, ToDoubleFunction<Round> value) {
        return Results.median(rounds.stream().mapToDouble(value));
    }

    private Round round(OrtSession session, FloatBuffer tensor) throws InterruptedException {
        List.of(readNanos, prepareNanos, modelNanos, classified).forEach(LongAdder::reset);
        double ours = Loop.measure(threads, seconds, this::classification).perSecond();
        double count = classified.doubleValue() * 1e3;
        double read = readNanos.doubleValue() / count;
        double prepare = prepareNanos.doubleValue() / count;
        double run = modelNanos.doubleValue() / count;
        double alone = Loop.measure(threads, seconds, () -> new EngineLoop(session, contract, tensor))
                .perSecond();
        double one = Loop.measure(1, seconds / 4, () -> reading(ONE_CUTOUT)).perSecond();
        double three =
                Loop.measure(1, seconds / 4, () -> reading(THREE_CUTOUTS)).perSecond();
        return new Round(ours, alone, read, prepare, run, 1e6 / one, 1e6 / three);
    }

    private AlertDecoder newDecoder() {
        return PacketInput.standard(PacketBench.MAX_PACKET_BYTES)
                .withOutOfDomain(OutOfDomain.CLASSIFY)
                .newDecoder(
                        contract.input(),
                        contract.domain(),
                        contract.preprocessing().padding());
    }

    /** Packets from bytes to verdicts, a batch a step. */
    private Loop classification() {
        AlertDecoder decoder = newDecoder();
        StampPredictor predictor = model.newPredictor(BATCH);
        return new Loop() {
            private int next;

            @Override
            public int step() {
                long start = System.nanoTime();
                List<Stamp> stamps = new ArrayList<>(BATCH);
                for (int i = 0; i < BATCH; i++) {
                    stamps.add(PacketBench.decode(decoder, packets.get(next++ % packets.size())));
                }
                long read = System.nanoTime();
                List<Prediction> predictions = predictor.predict(stamps);
                long end = System.nanoTime();
                if (!(predictions.get(0) instanceof Prediction.Scored)) {
                    throw new IllegalStateException("The model abstains on these packets: " + predictions.get(0));
                }
                readNanos.add(read - start);
                prepareNanos.add(end - read - predictor.modelNanos());
                modelNanos.add(predictor.modelNanos());
                classified.add(BATCH);
                return BATCH;
            }

            @Override
            public void close() {
                predictor.close();
            }
        };
    }

    private Loop reading(List<Plane> planes) {
        AlertDecoder decoder =
                PacketInput.standard(PacketBench.MAX_PACKET_BYTES).newDecoder(planes);
        return new Loop() {
            private int next;

            @Override
            public int step() {
                PacketBench.decode(decoder, packets.get(next++ % packets.size()));
                return 1;
            }

            @Override
            public void close() {
                // nothing to release
            }
        };
    }

    /** The input of one batch, normalised, in the layout of the model. */
    private FloatBuffer tensor() {
        AlertDecoder decoder = newDecoder();
        InputNormaliser normaliser = new InputNormaliser(contract);
        int size = contract.stampSize();
        int pixels = contract.input().pixels();
        FloatBuffer tensor = ByteBuffer.allocateDirect(BATCH * pixels * Float.BYTES)
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
        float[] input = new float[pixels];
        for (int i = 0; i < BATCH; i++) {
            Stamp stamp =
                    PacketBench.decode(decoder, packets.get(i % packets.size())).centreCropWithin(size);
            float[] image = new float[pixels];
            stamp.copyTo(image, 0);
            normaliser.apply(image, stamp.height(), stamp.width(), input);
            contract.input().layout().put(input, contract.planes().size(), tensor);
        }
        return tensor.rewind();
    }

    /** ONNX Runtime on one batch, over and over. */
    private static final class EngineLoop implements Loop {
        private final OrtSession session;
        private final Map<String, OnnxTensor> input;

        EngineLoop(OrtSession session, ModelContract contract, FloatBuffer tensor) {
            this.session = session;
            long[] one = contract.input().layout().shape(contract.planes().size(), contract.stampSize());
            try {
                input = Map.of(
                        contract.input().tensor(),
                        OnnxTensor.createTensor(OrtEnvironment.getEnvironment(), tensor.duplicate(), new long[] {
                            BATCH, one[0], one[1], one[2]
                        }));
            } catch (OrtException e) {
                throw new IllegalStateException("Cannot make a tensor", e);
            }
        }

        @Override
        public int step() {
            try {
                session.run(input).close();
                return BATCH;
            } catch (OrtException e) {
                throw new IllegalStateException("Cannot run the model", e);
            }
        }

        @Override
        public void close() {
            input.values().forEach(OnnxTensor::close);
        }
    }
}
