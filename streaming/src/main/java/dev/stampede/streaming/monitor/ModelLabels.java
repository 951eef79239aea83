package dev.stampede.streaming.monitor;

/**
 * Identifies a model in metrics.
 *
 * @param sha256 of its file, 64 lower-case hexadecimal digits
 * @param recipe name of its normalisation
 * @param executionProvider cpu or cuda
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
