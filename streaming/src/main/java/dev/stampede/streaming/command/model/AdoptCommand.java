package dev.stampede.streaming.command.model;

import dev.stampede.commandline.CommandException;
import dev.stampede.commandline.Example;
import dev.stampede.commandline.OutputFiles;
import dev.stampede.commandline.StampOptions;
import dev.stampede.stamps.adopt.AdoptedGraph;
import dev.stampede.stamps.adopt.Adoption;
import dev.stampede.stamps.adopt.GoldenScore;
import dev.stampede.stamps.contract.Domain;
import dev.stampede.stamps.contract.Head;
import dev.stampede.stamps.contract.MaskedPixels;
import dev.stampede.stamps.contract.ModelContract;
import dev.stampede.stamps.contract.Padding;
import dev.stampede.stamps.contract.Polarity;
import dev.stampede.stamps.contract.Preprocessing;
import dev.stampede.stamps.contract.ScaledFeature;
import dev.stampede.stamps.error.FileAccessException;
import dev.stampede.stamps.normalise.Recipe;
import dev.stampede.stamps.stamp.Plane;
import dev.stampede.streaming.command.option.PacketOptions;
import dev.stampede.streaming.command.option.TableOptions;
import dev.stampede.streaming.offline.AlertTable;
import dev.stampede.streaming.offline.GoldenFiles;
import dev.stampede.streaming.offline.InputFiles;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code adopt}: takes a network from elsewhere in, after it reproduced published scores. */
@Command(
        name = "adopt",
        description = "Writes a model file from an ONNX network of another project, if it reproduces published scores.",
        mixinStandardHelpOptions = true)
@Example("adopt braai.onnx --name braai --model-version d6_m7 --planes science,template,difference --recipe l2-row"
        + " --pad corner:1e-9 --golden packets --expect candidate.drb --out braai-adopted.onnx")
public final class AdoptCommand implements Callable<Integer> {
    private static final String THRESHOLD = "--threshold";
    private static final String FEATURES = "--features";

    @Parameters(
            paramLabel = "NETWORK.onnx",
            description = "Network; weights in other files of its folder are taken in.")
    private Path network;

    @Option(names = "--name", required = true, paramLabel = "NAME", description = "Name of the model.")
    private String name;

    @Option(names = "--model-version", required = true, paramLabel = "VERSION", description = "Version of the model.")
    private String version;

    @Option(
            names = "--planes",
            required = true,
            split = ",",
            paramLabel = "PLANE",
            description = "What the network looks at, in the order of its input: median, mean, sum, weighted, science,"
                    + " template, difference.")
    private List<Plane> planes;

    @Option(
            names = "--size",
            paramLabel = "PIXELS",
            description = "Rows and columns, if the input has a dynamic size (default: those of the input).")
    private int size = AdoptedGraph.SIZE_OF_GRAPH;

    @Option(
            names = FEATURES,
            split = ",",
            paramLabel = "FEATURE:TRANSFORM:OFFSET:SCALE",
            description = "What the second input of the network takes, in its order: likelihood, obsCount, speed,"
                    + " signalToNoise. With a transform of linear or log10, the offset is subtracted from it and the result"
                    + " divided by the scale.")
    private List<String> features = List.of();

    @Option(
            names = "--recipe",
            split = ",",
            paramLabel = "RECIPE",
            description = "Normalisation, or one for each plane: sigmag-unit-sum, asinh-snr, l2-image, l2-row,"
                    + " z-score-image, z-score-all, min-max, median-mad, none.")
    private List<String> recipes = List.of();

    @Option(
            names = "--search-recipe",
            description =
                    "Try every recipe with the usual paddings and rules for masked pixels, or those of --pad and --masked,"
                            + " print which reproduce the expected scores, and write the best one if it is within the"
                            + " tolerance.")
    private boolean searches;

    @Option(
            names = RecipeSearch.MASKED,
            defaultValue = "zero",
            paramLabel = "VALUE:STAGE",
            description = "What a masked pixel becomes: zero, median or a number, before or after normalising;"
                    + " without a stage, before.")
    private String masked;

    @Option(
            names = "--max-masked",
            defaultValue = "1",
            paramLabel = "SHARE",
            description = "Share of masked pixels above which a stamp is an abstention.")
    private float maxMasked;

    @Option(
            names = RecipeSearch.PAD,
            defaultValue = "none",
            paramLabel = "PLACE:VALUE:STAGE",
            description =
                    "Padding of smaller images: none, or centred or corner (bottom and right) with a value, before or"
                            + " after normalising, such as corner:1e-9; without a stage, after.")
    private String pad;

    @Option(names = "--output", defaultValue = "", paramLabel = "TENSOR", description = "Output, if there are several.")
    private String output;

    @Option(
            names = "--head",
            paramLabel = "HEAD",
            description = "What the output is: probabilities, softmax (logits), sigmoid, sigmoid-logit (default: by the"
                    + " operator that computes it).")
    private @Nullable String head;

    @Option(
            names = "--classes",
            split = ",",
            defaultValue = "bogus,real",
            paramLabel = "CLASS",
            description = "Classes in the order of the output.")
    private List<String> classes;

    @Option(
            names = "--real",
            defaultValue = ModelContract.REAL,
            paramLabel = "CLASS",
            description = "The class of point sources.")
    private String real;

    @Option(
            names = THRESHOLD,
            defaultValue = "0.5",
            paramLabel = "PROBABILITY",
            description = "Probability from which a stamp is REAL, 0 to 1; the network has none, so choose it.")
    private float threshold;

    @Option(
            names = "--temperature",
            defaultValue = "1",
            paramLabel = "T",
            description = "Divisor of the logits, above 0.")
    private double temperature;

    @Option(
            names = "--polarity",
            defaultValue = "BOTH",
            paramLabel = "POLARITY",
            description = "Sources of difference images that the network knows: ${COMPLETION-CANDIDATES}.")
    private Polarity polarity;

    @Option(
            names = "--surveys",
            split = ",",
            paramLabel = "SURVEY",
            description = "Surveys that the network was made for (default: any).")
    private List<String> surveys = List.of();

    @Option(
            names = "--pixel-scale",
            split = ",",
            paramLabel = "LOW,HIGH",
            description = "Range of pixel scales that the network was made for, arcseconds per pixel (default: any).")
    private List<Double> pixelScale = List.of(0.0, Double.POSITIVE_INFINITY);

    @Option(
            names = "--golden",
            required = true,
            paramLabel = "PATH",
            description =
                    "Stamps with known scores: alert packets (a .avro file or a folder of them), an array or a table.")
    private Path golden;

    @Option(
            names = "--expect",
            required = true,
            paramLabel = "FIELD|FILE.npy",
            description = "Their scores: a field of the packets, such as candidate.drb, or a .npy file.")
    private String expect;

    @Option(
            names = "--tolerance",
            defaultValue = "1e-5",
            paramLabel = "DIFFERENCE",
            description = "Largest difference from the expected scores, above 0.")
    private double tolerance;

    @Option(names = "--out", required = true, paramLabel = "FILE.onnx", description = "Model file to write.")
    private Path out;

    @Mixin
    private OutputFiles outputFiles;

    @Mixin
    private PacketOptions packets;

    @Mixin
    private StampOptions stamps;

    @Mixin
    private TableOptions table;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        if (recipes.isEmpty() != searches) {
            throw CommandException.usage("Name the normalisation with --recipe, or find it with --search-recipe.");
        }
        if (!(tolerance > 0)) {
            throw CommandException.usage("--tolerance is " + tolerance + ", not above 0.");
        }
        if (!(maxMasked >= 0 && maxMasked <= 1)) {
            throw CommandException.usage("--max-masked is " + maxMasked + ", not 0 to 1.");
        }
        outputFiles.requireFile(out);
        List<ScaledFeature> scaled = scaledFeatures();
        AdoptedGraph graph = AdoptedGraph.read(network);
        ModelContract.Input input = valid(() -> graph.input(planes, size, scaled));
        Adoption adoption = valid(() -> new Adoption(
                graph,
                new ModelContract.Identity(name, version, String.valueOf(network.getFileName())),
                input,
                output(graph),
                domain()));
        Preprocessing given = searches ? Preprocessing.of(Recipe.NONE) : valid(this::preprocessing);
        List<GoldenScore> scores = scores(input);
        Preprocessing rules = searches ? search(adoption, scores) : given;
        GoldenReport report =
                new GoldenReport(valid(() -> adoption.compare(rules, scores)), tolerance, input.features());
        report.lines().forEach(spec.commandLine().getOut()::println);
        if (!report.isAccepted()) {
            throw CommandException.failed(report.refusal(searches));
        }
        if (!isGiven(THRESHOLD)) {
            spec.commandLine()
                    .getOut()
                    .println("Threshold " + threshold + " (the default; the network has none): set " + THRESHOLD + ".");
        }
        write(adoption, rules, report);
        return 0;
    }

    private List<ScaledFeature> scaledFeatures() {
        try {
            return features.stream().map(ScaledFeature::parse).toList();
        } catch (IllegalArgumentException invalid) {
            throw CommandException.usage(FEATURES + ": " + invalid.getMessage() + ".");
        }
    }

    private List<GoldenScore> scores(ModelContract.Input input) {
        Optional<AlertTable> fields = table.open(List.of(golden));
        try {
            List<GoldenScore> scores = !Files.isDirectory(golden) && InputFiles.isArray(golden)
                    ? GoldenFiles.arrays(
                            golden, Path.of(expect), stamps.reading().withPlanes(planes), fields)
                    : GoldenFiles.packets(List.of(golden), packets.input(), input, domain(), expect);
            GoldenFiles.requireFeatures(input.features(), scores);
            return scores;
        } finally {
            fields.ifPresent(AlertTable::close);
        }
    }

    private ModelContract.Output output(AdoptedGraph graph) {
        String tensor = graph.output(output);
        int width = graph.width(output);
        if (width != 1 && width != classes.size()) {
            throw CommandException.usage(
                    "The output " + tensor + " has " + width + " numbers for each stamp, but --classes" + " names "
                            + classes.size() + ": " + String.join(",", classes) + ".");
        }
        return new ModelContract.Output(
                tensor, head == null ? graph.head(output) : head(head), classes, real, threshold, temperature);
    }

    private static Head head(String named) {
        for (Head one : Head.values()) {
            if (one.headName().equals(named)) {
                return one;
            }
        }
        throw CommandException.usage(
                "--head is '" + named + "', not probabilities, softmax, sigmoid or sigmoid-logit.");
    }

    private Domain domain() {
        if (pixelScale.size() != 2) {
            throw CommandException.usage("--pixel-scale needs two numbers, such as 0.9,1.1.");
        }
        return new Domain(surveys, OptionalDouble.empty(), pixelScale.get(0), pixelScale.get(1), polarity);
    }

    private Preprocessing preprocessing() {
        List<Recipe> named = recipes.stream()
                .map(recipe -> Recipe.named(recipe)
                        .orElseThrow(() -> CommandException.usage("--recipe is '" + recipe
                                + "', which is unknown; the recipes are " + Recipe.names() + ".")))
                .toList();
        return new Preprocessing(named, MaskedPixels.parse(masked), maxMasked, Padding.parse(pad));
    }

    private static <T> T valid(Supplier<T> made) {
        try {
            return made.get();
        } catch (IllegalArgumentException invalid) {
            throw CommandException.usage("Invalid description of the model: " + invalid.getMessage() + ".");
        }
    }

    private Preprocessing search(Adoption adoption, List<GoldenScore> scores) {
        List<Adoption.Candidate> candidates = adoption.search(
                scores,
                maxMasked,
                isGiven(RecipeSearch.MASKED) ? List.of(valid(() -> MaskedPixels.parse(masked))) : Adoption.USUAL_MASKED,
                isGiven(RecipeSearch.PAD) ? List.of(valid(() -> Padding.parse(pad))) : Adoption.USUAL_PADDINGS);
        if (candidates.isEmpty()) {
            throw CommandException.failed("The network computes no probability with any recipe.");
        }
        RecipeSearch search = new RecipeSearch(candidates);
        PrintWriter lines = spec.commandLine().getOut();
        search.table().forEach(lines::println);
        if (search.best().comparison().isWithin(tolerance)) {
            search.undetermined().ifPresent(lines::println);
        }
        return search.best().preprocessing();
    }

    private boolean isGiven(String option) {
        return spec.commandLine().getParseResult().hasMatchedOption(option);
    }

    private void write(Adoption adoption, Preprocessing rules, GoldenReport report) {
        try {
            ModelContract contract = adoption.write(rules, report.comparison(), out);
            spec.commandLine()
                    .getOut()
                    .println("Wrote " + out + ", verified by "
                            + contract.goldenStamps().size() + " golden stamps"
                            + report.verifiedBy(contract));
        } catch (IOException failure) {
            throw FileAccessException.writing(out, failure);
        }
    }
}
