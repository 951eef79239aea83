package dev.stampede.streaming.release;

import dev.stampede.schemas.ReleaseRole;
import dev.stampede.stamps.contract.ModelFile;
import dev.stampede.streaming.scoring.ModelHandle;

/** Opens, verifies and warms up a model for a role. */
@FunctionalInterface
public interface ModelOpener {
    /**
     * The model, ready to score; the caller closes it.
     *
     * @throws dev.stampede.stamps.contract.InvalidModelException if the file is not a model
     * @throws dev.stampede.stamps.score.ModelVerificationException if the model fails verification
     */
    ModelHandle open(ModelFile file, ReleaseRole role);
}
