package dev.stampede.training.pipeline;

import dev.stampede.stamps.contract.ModelContract;
import dev.stampede.stamps.contract.ModelFile;
import dev.stampede.stamps.score.Prediction;
import dev.stampede.stamps.score.Prediction.Scored;
import dev.stampede.stamps.score.StampModel;
import dev.stampede.stamps.stamp.Plane;
import dev.stampede.training.dataset.Examples;
import dev.stampede.training.dataset.InvalidDataException;
import dev.stampede.training.dataset.SoftLabels;
import dev.stampede.training.evaluate.ScoredStamps;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** A model whose probabilities another one is trained to reproduce. */
final class Teacher {
    private final ModelFile file;

    Teacher(ModelFile file) {
        this.file = file;
    }

    /**
     * Scores the training set.
     *
     * @throws InvalidDataException if the model takes other planes or another size than {@code settings} and {@code examples}
     *     have, or if there are more than two classes
     */
    SoftLabels labels(Examples examples, TrainingSettings settings, TrainingListener listener) {
        try (StampModel model = StampModel.open(file)) {
            require(model.contract(), examples, settings);
            float[] probabilities = new float[examples.source().size()];
            Arrays.fill(probabilities, Float.NaN);
            int[] stamps = IntStream.range(0, examples.size())
                    .map(examples::stampIndex)
                    .toArray();
            listener.stageStarted("scoring with the teacher", stamps.length);
            List<Prediction> predictions =
                    ScoredStamps.predict(model, examples.source(), stamps, listener::stageAdvanced);
            listener.stageFinished();
            for (int i = 0; i < stamps.length; i++) {
                if (predictions.get(i) instanceof Scored scored) {
                    probabilities[stamps[i]] = scored.probability();
                }
            }
            return SoftLabels.of(file.sha256(), probabilities);
        }
    }

    private void require(ModelContract teacher, Examples examples, TrainingSettings settings) {
        int size = examples.shape().size();
        if (!teacher.planes().equals(settings.planes()) || teacher.stampSize() != size) {
            throw new InvalidDataException(
                    "The teacher, " + file.origin() + ", takes " + Plane.names(teacher.planes()) + " of "
                            + teacher.stampSize() + " pixels a side, but the stamps are "
                            + Plane.names(settings.planes()) + " of " + size
                            + "; choose a teacher of the same planes and size.");
        }
        if (!examples.classes().names().equals(ModelContract.TWO_CLASSES)) {
            throw new InvalidDataException(
                    "A teacher knows the classes " + String.join(" and ", ModelContract.TWO_CLASSES) + ", not "
                            + examples.classes() + "; leave out --teacher or --classes.");
        }
    }
}
