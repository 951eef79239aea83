package dev.stampede.streaming.explain;

import dev.stampede.stamps.explain.OcclusionSettings;
import dev.stampede.streaming.scoring.ActiveModels;
import dev.stampede.streaming.scoring.ModelHandle;
import dev.stampede.streaming.scoring.ModelIdentity;
import dev.stampede.streaming.scoring.StampExplainer;

/** An explainer for one thread, with the model whose verdicts it explains. */
public record ModelExplainer(ModelIdentity model, StampExplainer explainer) implements AutoCloseable {
    /** An explainer of the live model; throws as {@link ModelHandle#newExplainer}. */
    public static ModelExplainer open(ActiveModels models, OcclusionSettings settings) {
        return models.open(
                pair -> new ModelExplainer(pair.live().identity(), pair.live().newExplainer(settings)));
    }

    /** Whether this is the model with the given SHA-256 of its file. */
    public boolean explains(String modelSha256) {
        return model.sha256().equals(modelSha256);
    }

    @Override
    public void close() {
        explainer.close();
    }
}
