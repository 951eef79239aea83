package dev.stampede.streaming.command.stamp;

import dev.stampede.commandline.CommandException;
import dev.stampede.commandline.Output;
import dev.stampede.commandline.OutputFormat;
import dev.stampede.stamps.contract.ModelFile;
import dev.stampede.stamps.explain.Views;
import dev.stampede.stamps.npy.StampFile;
import dev.stampede.stamps.score.Abstention;
import dev.stampede.stamps.score.Prediction;
import dev.stampede.stamps.score.Prediction.Scored;
import dev.stampede.stamps.score.StampModel;
import dev.stampede.stamps.score.StampPredictor;
import dev.stampede.stamps.score.Verdict;
import dev.stampede.stamps.stamp.Plane;
import dev.stampede.stamps.stamp.Stamp;
import dev.stampede.streaming.command.option.PacketOptions;
import dev.stampede.streaming.offline.ClassifiedPacket;
import dev.stampede.streaming.offline.PacketClassifier;
import dev.stampede.streaming.offline.PacketFiles;
import dev.stampede.streaming.packet.PlaneMapping;
import dev.stampede.streaming.packet.Resizing;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code classify}: classifies the stamps of a file. */
@Command(
        name = "classify",
        description = "Classifies the stamps of a .npy file or alert packets: one line each, in input order.",
        mixinStandardHelpOptions = true)
public final class ClassifyCommand implements Callable<Integer> {
    private static final int BATCH = 1024;

    @Parameters(
            arity = "1..*",
            paramLabel = "INPUT",
            description = "A .npy file with stamps of shape (N, 441), (N, rows, columns) or (N, planes, rows,"
                    + " columns); or .avro files with one alert packet each, and folders of them.")
    private List<Path> inputs;

    @Option(
            names = "--input-planes",
            split = ",",
            paramLabel = "COADD=CUTOUT",
            description = "Cutout of a survey's packet from which a coadd of the model is read, such as median=science"
                    + " (default: a model of one coadd takes the difference image).")
    private Map<Plane, Plane> inputPlanes = Map.of();

    @Option(
            names = "--fit",
            defaultValue = "CROP",
            paramLabel = "FIT",
            description = "How the image of a packet is fitted to the model: ${COMPLETION-CANDIDATES} (default:"
                    + " ${DEFAULT-VALUE}); RESAMPLE changes to the pixel scale of the model, if both scales are known.")
    private Resizing fit;

    @Mixin
    private PacketOptions packets;

    @Option(names = "--model", paramLabel = "FILE", description = "Model: vgg6 (default), resnet14, or a model file.")
    private @Nullable Path model;

    @Mixin
    private PlaneSelection planes;

    @Option(
            names = "--views",
            defaultValue = "1",
            paramLabel = "1|8",
            description =
                    "8: classify each stamp in all rotations and reflections, and print the mean probability and, in"
                            + " an additional column, its standard deviation over the views (default: ${DEFAULT-VALUE}).")
    private int views;

    @ArgGroup
    private @Nullable Format format;

    @Spec
    private CommandSpec spec;

    private static final class Format {
        @Option(names = "--json", description = "Print one JSON object per line.")
        private boolean json;

        @Option(names = "--csv", description = "Print comma-separated values with a header.")
        private boolean csv;
    }

    @Override
    public Integer call() {
        if (views != 1 && views != Views.COUNT) {
            throw CommandException.usage("--views must be 1 or " + Views.COUNT + ", not " + views + ".");
        }
        ModelFile file = model == null ? ModelFile.shipped() : ModelFile.read(model);
        if (PacketFiles.arePackets(inputs)) {
            classifyPackets(file);
        } else {
            classifyStamps(inputs.get(0), file);
        }
        return 0;
    }

    private void classifyPackets(ModelFile file) {
        if (views != 1) {
            throw CommandException.usage("--views is only for the stamps of a .npy file.");
        }
        Output<ClassifiedPacket> output = Output.of(
                        ClassifiedPacket.class, spec.commandLine().getOut(), outputFormat())
                .text(ClassifiedPacket.HEADER, ClassifiedPacket::toText)
                .begin();
        PacketClassifier.classify(
                PacketFiles.list(inputs), packets.input().withPlanes(mapping()).withFit(fit), file, output::print);
    }

    private PlaneMapping mapping() {
        try {
            return new PlaneMapping(inputPlanes);
        } catch (IllegalArgumentException invalid) {
            throw CommandException.usage("Invalid --input-planes: " + invalid.getMessage() + ".");
        }
    }

    private void classifyStamps(Path input, ModelFile file) {
        try (StampFile stamps = StampFile.open(input);
                StampModel classifier = StampModel.open(file)) {
            List<Plane> modelPlanes = classifier.contract().planes();
            if (stamps.size() > 0) {
                planes.of(stamps.stamp(0), modelPlanes, input); // fails before the first line is printed
            }
            Output<Row> output = output();
            if (views == 1) {
                try (StampPredictor predictor = classifier.newPredictor(BATCH)) {
                    predictAll(stamps, modelPlanes, predictor::predict, output);
                }
            } else {
                try (Views eight = Views.of(classifier, BATCH / Views.COUNT)) {
                    predictAll(stamps, modelPlanes, eight::predict, output);
                }
            }
        }
    }

    /** A line of the result for stamps. */
    private record Row(
            long index,
            Verdict verdict,
            @Nullable Abstention reason,
            @Nullable BigDecimal probability,
            @Nullable BigDecimal spread) {
        static Row of(long index, Prediction prediction) {
            Scored scored = prediction instanceof Scored found ? found : null;
            return new Row(
                    index,
                    prediction.verdict(),
                    prediction.abstention().orElse(null),
                    scored == null ? null : decimal(scored.probability()),
                    scored == null ? null : decimal(scored.spread()));
        }

        private static @Nullable BigDecimal decimal(double value) {
            return Double.isFinite(value) ? new BigDecimal(value).setScale(6, RoundingMode.HALF_UP) : null;
        }

        String toText() {
            return String.format(
                    Locale.ROOT,
                    "%5d  %-7s  %-22s  %s",
                    index,
                    verdict,
                    reason == null ? "" : reason,
                    probability == null ? "" : probability);
        }

        String toTextWithSpread() {
            return toText() + "       " + (spread == null ? "" : spread);
        }
    }

    private Output<Row> output() {
        String header = "index  verdict  reason                  probability";
        Output<Row> output = Output.of(Row.class, spec.commandLine().getOut(), outputFormat());
        return views == 1
                ? output.text(header, Row::toText).without("spread").begin()
                : output.text(header + "    spread", Row::toTextWithSpread).begin();
    }

    private void predictAll(
            StampFile stamps,
            List<Plane> modelPlanes,
            Function<List<Stamp>, List<Prediction>> model,
            Output<Row> output) {
        List<Stamp> batch = new ArrayList<>();
        long next = 0;
        for (Stamp stamp : stamps) {
            batch.add(planes.of(stamp, modelPlanes, inputs.get(0)));
            if (batch.size() == BATCH) {
                next = print(model.apply(batch), output, next);
                batch.clear();
            }
        }
        print(model.apply(batch), output, next);
    }

    private static long print(List<Prediction> predictions, Output<Row> output, long first) {
        long index = first;
        for (Prediction prediction : predictions) {
            output.print(Row.of(index++, prediction));
        }
        return index;
    }

    private OutputFormat outputFormat() {
        if (format != null && format.csv) {
            return OutputFormat.CSV;
        }
        return OutputFormat.json(format != null && format.json);
    }
}
