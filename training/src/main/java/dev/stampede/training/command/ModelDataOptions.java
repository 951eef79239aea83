package dev.stampede.training.command;

import dev.stampede.commandline.CommandException;
import dev.stampede.commandline.OptionHeading;
import dev.stampede.stamps.contract.ModelContract;
import dev.stampede.stamps.stamp.Plane;
import dev.stampede.training.dataset.DataFolder;
import dev.stampede.training.dataset.LabelledStamps;
import java.nio.file.Path;
import java.util.List;
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
        List<Plane> given = planes.isEmpty() ? contract.planes() : planes;
        LabelledStamps stamps = options.read(data, given, contract.stampSize());
        if (stamps.shape().size() < contract.stampSize()) {
            throw CommandException.failed("The stamps in " + DataFolder.names(data) + " have "
                    + stamps.shape().size() + " pixels a side; the model takes " + contract.stampSize() + ".");
        }
        return stamps.withPlanes(given, contract.planes());
    }
}
