package dev.stampede.training.command;

import dev.stampede.commandline.CommandException;
import dev.stampede.commandline.Example;
import dev.stampede.commandline.OutputFiles;
import dev.stampede.stamps.contract.ModelFile;
import dev.stampede.stamps.error.FailureReason;
import dev.stampede.stamps.population.ReferencePopulation;
import dev.stampede.stamps.score.StampModel;
import dev.stampede.training.dataset.DataFolder;
import dev.stampede.training.dataset.LabelledStamps;
import dev.stampede.training.evaluate.ReferencePopulations;
import dev.stampede.training.evaluate.ScoredStamps;
import dev.stampede.training.export.DriftReferenceExport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code stampede set-drift-reference}: replaces the population that a stream measures its drift against. */
@Command(
        name = "set-drift-reference",
        description =
                "Writes a copy of a model file whose drift reference is the distribution of the given labelled stamps,"
                        + " for example those of nights known to be good. The network does not change.",
        mixinStandardHelpOptions = true)
@Example("set-drift-reference --model vgg6.onnx --data good-nights --out next.onnx")
final class SetDriftReferenceCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(
            names = "--model",
            required = true,
            paramLabel = "MODEL",
            description = "Model to copy: " + ModelFile.NAMES + ", or a file.")
    private Path model;

    @Option(names = "--data", required = true, paramLabel = "DATA", description = DataFolder.DESCRIPTION)
    private Path data;

    @Mixin
    private ModelDataOptions dataOptions;

    @Option(names = "--out", required = true, paramLabel = "FILE.onnx", description = "Model file to write.")
    private Path out;

    @Mixin
    private OutputFiles output;

    @Option(
            names = "--model-version",
            paramLabel = "VERSION",
            description = "Version of the copy (default: that of the model, followed by -reference).")
    private @Nullable String modelVersion;

    @Override
    public Integer call() {
        output.requireFile(out);
        ModelFile file = ModelFile.read(model);
        try (StampModel stampModel = StampModel.open(file)) {
            LabelledStamps stamps = dataOptions.read(List.of(data), stampModel.contract());
            int[] all = IntStream.range(0, stamps.size()).toArray();
            ScoredStamps scored = EvaluateCommand.score(stampModel, stamps, all);
            ReferencePopulation reference = ReferencePopulations.of(scored)
                    .orElseThrow(() -> CommandException.failed(
                            "The stamps in " + data + " are too few: 50 of each class that can be scored are needed."));
            String version = modelVersion == null ? stampModel.contract().modelVersion() + "-reference" : modelVersion;
            DriftReferenceExport.write(file, version, reference, out);
            spec.commandLine()
                    .getOut()
                    .println("Wrote " + out + ": " + stampModel.contract().modelName() + " " + version
                            + " with the reference of "
                            + stamps.size() + " stamps, SHA-256 "
                            + ModelFile.read(out).sha256() + ".");
            return 0;
        } catch (IOException failure) {
            throw CommandException.failed("Cannot write " + out + ": " + FailureReason.of(failure) + ".");
        }
    }
}
