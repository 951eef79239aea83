package dev.stampede.benchmarks.train;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.core.Linear;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.GradientCollector;
import ai.djl.training.Trainer;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import dev.stampede.training.dataset.Examples;
import dev.stampede.training.dataset.StampShape;

/** A network in PyTorch. */
final class PyTorchTrainer implements TrainingEngine.Trainer {
    private static final String ENGINE = "PyTorch";

    private final Examples examples;
    private final Model model;
    private final Trainer trainer;

    PyTorchTrainer(TrainingEngine.Task task) {
        examples = task.examples();
        Engine.getEngine(ENGINE).setRandomSeed((int) task.seed());
        model = Model.newInstance(task.network().networkName(), Device.cpu(), ENGINE);
        model.setBlock(PyTorchNetworks.of(task.network())
                .add(Linear.builder().setUnits(examples.classes().size()).build()));
        trainer = model.newTrainer(new DefaultTrainingConfig(Loss.softmaxCrossEntropyLoss())
                .optDevices(new Device[] {Device.cpu()})
                .optOptimizer(Optimizer.adam()
                        .optLearningRateTracker(Tracker.fixed((float) task.learningRate()))
                        .build()));
        trainer.initialize(shape(1));
    }

    private Shape shape(int stamps) {
        StampShape shape = examples.shape();
        return new Shape(stamps, shape.planes(), shape.size(), shape.size());
    }

    @Override
    public double step(int[] indices) {
        int pixels = examples.shape().pixels();
        float[] stamps = new float[indices.length * pixels];
        float[] labels = new float[indices.length];
        for (int i = 0; i < indices.length; i++) {
            examples.copyTo(indices[i], stamps, i * pixels);
            labels[i] = examples.classOf(indices[i]);
        }
        double loss = step(indices.length, stamps, labels);
        trainer.step();
        return loss;
    }

    private double step(int count, float[] stamps, float[] labels) {
        try (NDManager manager = trainer.getManager().newSubManager();
                GradientCollector gradients = trainer.newGradientCollector()) {
            NDList scores = trainer.forward(new NDList(manager.create(stamps, shape(count))));
            NDList truth = new NDList(manager.create(labels, new Shape(count, 1)));
            NDArray loss = trainer.getLoss().evaluate(truth, scores);
            gradients.backward(loss);
            return loss.getFloat();
        }
    }

    @Override
    public void close() {
        trainer.close();
        model.close();
    }
}
