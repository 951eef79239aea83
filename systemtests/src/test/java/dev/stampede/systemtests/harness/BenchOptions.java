package dev.stampede.systemtests.harness;

import dev.stampede.commandline.CommandException;
import dev.stampede.stamps.contract.ModelFile;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Options that every measurement of a model has. */
public final class BenchOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--model",
            paramLabel = "FILE",
            description = "Model: " + ModelFile.NAMES + ", or a file (default: vgg6).")
    private @Nullable Path model;

    @Option(names = "--json", description = "Print one JSON object on standard output.")
    private boolean json;

    public ModelFile model() {
        return model == null ? ModelFile.shipped() : ModelFile.read(model);
    }

    public boolean json() {
        return json;
    }

    public void print(Object result) {
        Results.print(spec.commandLine().getOut(), json, result);
    }

    /** Prints a comparison of rates, without its ratios if other processes used the machine since {@code load} began. */
    public void printComparison(Object result, MachineLoad load) {
        Results.printComparison(spec.commandLine().getOut(), json, result, load, System.err);
    }

    /** Rejects values below 1 of the options {@code names}. */
    public static void requirePositive(String names, long... values) {
        if (Arrays.stream(values).anyMatch(value -> value < 1)) {
            throw CommandException.usage(names + " must be 1 or more");
        }
    }
}
