package dev.stampede.training.pipeline;

import dev.stampede.stamps.contract.ModelContract;
import dev.stampede.stamps.contract.ModelFile;
import dev.stampede.stamps.score.Prediction;
import dev.stampede.stamps.score.Prediction.Scored;
import dev.stampede.stamps.score.StampModel;
import dev.stampede.stamps.stamp.Plane;
import dev.stampede.training.dataset.Examples;
import dev.stampede.training.dataset.InvalidDataException;
import dev.stampede.training.dataset.LabelledStamps;
import dev.stampede.training.dataset.SoftLabels;
import dev.stampede.training.evaluate.ScoredStamps;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** A model whose probabilities another one is trained to reproduce. */
final class Teacher {
    private final ModelFile file;
    private final List<Plane> planes;

    /** A teacher for stamps with {@code planes}. */
    Teacher(ModelFile file, List<Plane> planes) {
        this.file = file;
        this.planes = planes;
    }

    /**
     * Scores the training set.
     *
     * @param stamps the data set, with all planes
     * @param examples the training set, which may have fewer planes
     * @throws InvalidDataException if the model takes a plane or a size that {@code stamps} do not have, or if there are more
     *     than two classes
     */
    SoftLabels labels(LabelledStamps stamps, Examples examples, TrainingListener listener) {
        try (StampModel model = StampModel.open(file)) {
            require(model.contract(), examples);
            float[] probabilities = new float[stamps.size()];
            Arrays.fill(probabilities, Float.NaN);
            int[] chosen = IntStream.range(0, examples.size())
                    .map(examples::stampIndex)
                    .toArray();
            listener.stageStarted("scoring with the teacher", chosen.length);
            List<Prediction> predictions = ScoredStamps.predict(
                    model, stamps.withPlanes(planes, model.contract().planes()), chosen, listener::stageAdvanced);
            listener.stageFinished();
            for (int i = 0; i < chosen.length; i++) {
                if (predictions.get(i) instanceof Scored scored) {
                    probabilities[chosen[i]] = scored.probability();
                }
            }
            return SoftLabels.of(file.sha256(), probabilities);
        }
    }

    private void require(ModelContract teacher, Examples examples) {
        int size = examples.shape().size();
        if (!planes.containsAll(teacher.planes()) || teacher.stampSize() != size) {
            throw new InvalidDataException(
                    "The teacher, " + file.origin() + ", takes " + Plane.names(teacher.planes()) + " of "
                            + teacher.stampSize() + " pixels a side, but the stamps are " + Plane.names(planes) + " of "
                            + size + "; choose a teacher of these planes and this size.");
        }
        if (!examples.classes().names().equals(ModelContract.TWO_CLASSES)) {
            throw new InvalidDataException(
                    "A teacher knows the classes " + String.join(" and ", ModelContract.TWO_CLASSES) + ", not "
                            + examples.classes() + "; leave out --teacher or --classes.");
        }
    }
}
