package dev.stampede.streaming.release;

import dev.stampede.schemas.ReleaseRole;
import dev.stampede.stamps.contract.ModelFile;
import dev.stampede.streaming.scoring.ScoringModel;

/** Opens, proves and warms up a model for a role, as a stream opens its first. */
@FunctionalInterface
public interface ModelOpening {
    /**
     * The model, ready to judge; the caller closes it.
     *
     * @throws dev.stampede.stamps.contract.InvalidModelException if the file is no model
     * @throws dev.stampede.stamps.score.UnprovenModelException if the model fails its proof
     */
    ScoringModel open(ModelFile file, ReleaseRole role);
}
