package dev.stampede.training.command;

import dev.stampede.commandline.CommandException;
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

/** Labelled stamps in the planes and the size that a model takes. */
final class ModelStamps {
    private ModelStamps() {}

    /** The stamps in {@code data}; those that {@code contract} cannot take are a {@link CommandException}. */
    static LabelledStamps read(List<Path> data, DataOptions options, ModelContract contract) {
        List<Plane> taken = contract.planes();
        List<Plane> planes = options.planes(taken);
        if (!planes.containsAll(taken)) {
            throw CommandException.usage("The model " + contract.modelName() + " takes " + Plane.names(taken)
                    + ", but --planes is " + Plane.names(planes) + other(planes::containsAll) + ".");
        }
        LabelledStamps stamps = options.read(
                data,
                planes,
                contract.stampSize(),
                count -> count >= taken.size()
                        ? "name the planes with --planes"
                        : "the model " + contract.modelName() + " takes " + Plane.names(taken)
                                + other(others -> others.size() == count));
        if (stamps.shape().size() < contract.stampSize()) {
            throw CommandException.failed("The stamps in " + DataFolder.names(data) + " have "
                    + stamps.shape().size() + " pixels a side; the model takes " + contract.stampSize() + ".");
        }
        return stamps.withPlanes(planes, taken);
    }

    /** The shipped models whose planes match {@code fits}, as a remedy; empty if there are none. */
    private static String other(Predicate<List<Plane>> fits) {
        List<String> models = new ArrayList<>();
        for (String name : ModelFile.SHIPPED) {
            try (StampModel shipped = StampModel.open(ModelFile.read(Path.of(name)))) {
                List<Plane> planes = shipped.contract().planes();
                if (fits.test(planes)) {
                    models.add(name + " (" + Plane.names(planes) + ")");
                }
            }
        }
        return models.isEmpty() ? "" : "; use a model that takes what the stamps have: " + String.join(", ", models);
    }
}
