package dev.stampede.streaming.scoring;

/** An explainer of one thread, and the model whose verdicts it explains. */
public record ModelExplainer(ModelIdentity model, StampExplainer explainer) implements AutoCloseable {
    /** Whether that model gave a verdict, by the SHA-256 of its file. */
    public boolean explains(String modelSha256) {
        return model.sha256().equals(modelSha256);
    }

    @Override
    public void close() {
        explainer.close();
    }
}
