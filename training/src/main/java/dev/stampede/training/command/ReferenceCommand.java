package dev.stampede.training.command;

import dev.stampede.stamps.contract.ModelFile;
import dev.stampede.stamps.population.ReferencePopulation;
import dev.stampede.stamps.score.StampClassifier;
import dev.stampede.stamps.terminal.CommandFailure;
import dev.stampede.stamps.terminal.Progress;
import dev.stampede.training.dataset.DataFolder;
import dev.stampede.training.dataset.LabelledStamps;
import dev.stampede.training.evaluate.JudgedStamps;
import dev.stampede.training.evaluate.Populations;
import dev.stampede.training.export.ReferenceExport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code stampede reference}: what a stream measures its drift against. */
@Command(
        name = "reference",
        description =
                "Writes a copy of a model file whose reference of drift is how given labelled stamps are distributed,"
                        + " such as those of nights known to be good. The network stays as it is.",
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
final class ReferenceCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--model",
            required = true,
            paramLabel = "MODEL",
            description = "The model to copy: vgg6, resnet14, or a file.")
    private Path model = Path.of("");

    @Option(names = "--data", required = true, paramLabel = "DATA", description = DataFolder.DESCRIPTION)
    private Path data = Path.of("");

    @Option(names = "--out", required = true, paramLabel = "FILE.onnx", description = "The copy.")
    private Path out = Path.of("");

    @Override
    public Integer call() {
        OutputFile.check(out);
        ModelFile file = ModelFile.read(model);
        try (StampClassifier classifier = StampClassifier.open(file)) {
            LabelledStamps stamps = EvaluateCommand.read(data, classifier.contract());
            ReferencePopulation reference = Populations.of(judge(classifier, stamps))
                    .orElseThrow(() -> CommandFailure.failed(
                            "The stamps in " + data + " are too few: 50 of each class that can be judged are needed."));
            ReferenceExport.write(file, reference, out);
            spec.commandLine()
                    .getOut()
                    .println("Wrote " + out + ": " + classifier.contract().modelName() + " with the reference of "
                            + stamps.size() + " stamps, SHA-256 "
                            + ModelFile.read(out).sha256() + ".");
            return 0;
        } catch (IOException failure) {
            throw CommandFailure.failed("Cannot write " + out + ": " + failure.getMessage() + ".");
        }
    }

    private static JudgedStamps judge(StampClassifier classifier, LabelledStamps stamps) {
        try (Progress progress = Progress.of("judging", stamps.size())) {
            int[] all = IntStream.range(0, stamps.size()).toArray();
            return JudgedStamps.of(classifier, stamps, all, progress::advance);
        }
    }
}
