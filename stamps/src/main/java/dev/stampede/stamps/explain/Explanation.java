package dev.stampede.stamps.explain;

import dev.stampede.stamps.score.Prediction;
import dev.stampede.stamps.score.Prediction.Abstained;
import java.util.Optional;

/**
 * The prediction for one stamp and the pixels that led to it.
 *
 * @param prediction that of a {@link dev.stampede.stamps.score.StampPredictor}
 * @param map empty if the stamp was not scored
 */
public record Explanation(Prediction prediction, Optional<OcclusionResult> map) {
    public Explanation {
        if (map.isPresent() == prediction instanceof Abstained) {
            throw new IllegalArgumentException("a stamp has a map if and only if it was scored: " + prediction);
        }
    }
}
