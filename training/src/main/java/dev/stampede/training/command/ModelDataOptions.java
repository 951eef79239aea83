package dev.stampede.training.command;

import dev.stampede.commandline.CommandException;
import dev.stampede.commandline.OptionHeading;
import dev.stampede.stamps.contract.ModelContract;
import dev.stampede.stamps.contract.ModelFile;
import dev.stampede.stamps.score.StampModel;
import dev.stampede.stamps.stamp.Plane;
import dev.stampede.training.dataset.DataFolder;
import dev.stampede.training.dataset.LabelledStamps;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How labelled stamps for an existing model are read. */
final class ModelDataOptions {
    @OptionHeading("Stamps")
    @Option(
            names = "--planes",
            paramLabel = "PLANE",
            split = ",",
            description = DataOptions.PLANES + " (default: those of the model).")
    private List<Plane> planes = List.of();

    @Mixin
    private DataOptions options;

    /** The stamps in {@code data}; those that {@code contract} cannot take are a {@link CommandException}. */
    LabelledStamps read(List<Path> data, ModelContract contract) {
        DataOptions.requireDistinct("--planes", planes);
        List<Plane> taken = contract.planes();
        List<Plane> given = planes.isEmpty() ? taken : planes;
        if (!given.containsAll(taken)) {
            throw CommandException.usage("The model " + contract.modelName() + " takes " + Plane.names(taken)
                    + ", but --planes is " + Plane.names(given) + other(given::containsAll) + ".");
        }
        LabelledStamps stamps = options.read(
                data,
                given,
                contract.stampSize(),
                count -> count >= taken.size()
                        ? "name the planes with --planes"
                        : "the model " + contract.modelName() + " takes " + Plane.names(taken)
                                + other(others -> others.size() == count));
        if (stamps.shape().size() < contract.stampSize()) {
            throw CommandException.failed("The stamps in " + DataFolder.names(data) + " have "
                    + stamps.shape().size() + " pixels a side; the model takes " + contract.stampSize() + ".");
        }
        return stamps.withPlanes(given, taken);
    }

    /** The shipped models whose planes match {@code fits}, as a remedy; empty if there are none. */
    private static String other(Predicate<List<Plane>> fits) {
        List<String> models = new ArrayList<>();
        for (String name : ModelFile.SHIPPED) {
            try (StampModel shipped = StampModel.open(ModelFile.read(Path.of(name)))) {
                List<Plane> shippedPlanes = shipped.contract().planes();
                if (fits.test(shippedPlanes)) {
                    models.add(name + " (" + Plane.names(shippedPlanes) + ")");
                }
            }
        }
        return models.isEmpty() ? "" : "; use a model that takes what the stamps have: " + String.join(", ", models);
    }
}
