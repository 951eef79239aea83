package dev.stampede.streaming.observe;

/**
 * How metrics name a model.
 *
 * @param executionProvider what computes its scores: cpu or cuda
 */
public record ModelLabels(String name, String version, String sha256, String recipe, String executionProvider) {
    /** The names of the labels of a model. */
    static String[] names() {
        return new String[] {"name", "version", "sha256", "recipe"};
    }

    String[] values() {
        return new String[] {name, version, sha256, recipe};
    }
}
