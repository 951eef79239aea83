package dev.stampede.stamps.score;

import dev.stampede.stamps.contract.Head;
import dev.stampede.stamps.contract.ModelContract;
import java.nio.FloatBuffer;

/** The probability of the real class from the numbers that a network computes. */
final class HeadProbability {
    /** A softmax in float16 may exceed 0 or 1 by a few units in the last place (1e-3); more is an error. */
    private static final float ROUNDING = 2e-3f;

    private final Head head;
    private final int width;
    private final int realClass;
    private final double temperature;

    HeadProbability(ModelContract.Output output) {
        head = output.head();
        width = output.width();
        realClass = width == 1 ? 0 : output.classes().indexOf(output.realClass());
        temperature = output.temperature();
    }

    /**
     * The probability, 0 to 1, of the stamp at {@code place}.
     *
     * @throws ScoringException if a number is not that of the head, such as NaN
     */
    float of(FloatBuffer numbers, int place) {
        float real = numbers.get(place * width + realClass);
        double value = switch (head) {
            case PROBABILITIES, SIGMOID -> real;
            case SIGMOID_LOGIT -> 1 / (1 + Math.exp(-real / temperature));
            case SOFTMAX -> softmax(numbers, place, real);
        };
        if (!(value >= -ROUNDING && value <= 1 + ROUNDING)) { // also rejects NaN
            throw new ScoringException("ONNX Runtime returned " + real + ", which is not a probability, for the stamp "
                    + place + " of a batch");
        }
        return (float) Math.min(1, Math.max(0, value));
    }

    private double softmax(FloatBuffer logits, int place, float real) {
        double sum = 0;
        for (int i = 0; i < width; i++) {
            sum += Math.exp((logits.get(place * width + i) - real) / temperature);
        }
        return 1 / sum;
    }
}
