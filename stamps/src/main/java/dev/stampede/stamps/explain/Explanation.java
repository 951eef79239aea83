package dev.stampede.stamps.explain;

import dev.stampede.stamps.score.Judgement;
import dev.stampede.stamps.score.Judgement.Abstained;
import java.util.Optional;

/**
 * The outcome for one stamp and which pixels led to it.
 *
 * @param judgement the same as a {@link dev.stampede.stamps.score.Judge} gives
 * @param map empty where the stamp was not judged
 */
public record Explanation(Judgement judgement, Optional<OcclusionMap> map) {
    public Explanation {
        if (map.isPresent() == judgement instanceof Abstained) {
            throw new IllegalArgumentException("a stamp has a map where, and only where, it was judged: " + judgement);
        }
    }
}
