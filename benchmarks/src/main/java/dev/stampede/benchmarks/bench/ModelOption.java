package dev.stampede.benchmarks.bench;

import dev.stampede.stamps.contract.ModelFile;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What every measurement can be told. */
final class ModelOption {
    @Option(
            names = "--model",
            paramLabel = "FILE",
            description = "The model: vgg6 (if not given), resnet14, or a file.")
    private @Nullable Path model;

    @Option(names = "--json", description = "End with one JSON object on standard output.")
    private boolean json;

    ModelFile file() {
        return model == null ? ModelFile.shipped() : ModelFile.read(model);
    }

    boolean json() {
        return json;
    }
}
