package dev.stampede.training.command;

import dev.stampede.commandline.OptionHeading;
import dev.stampede.commandline.StampOptions;
import dev.stampede.stamps.stamp.Plane;
import dev.stampede.training.dataset.DataFolder;
import dev.stampede.training.dataset.DataReading;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How labelled stamps are read. */
final class DataOptions {
    @Mixin
    private StampOptions stamps;

    @OptionHeading("Stamps")
    @Option(
            names = "--planes",
            paramLabel = "PLANE",
            split = ",",
            description = "Planes of the stamps in the files, in order: median, mean, sum, weighted, science, template,"
                    + " difference (default: those of the model; train: median).")
    private List<Plane> planes = List.of();

    @OptionHeading("Arrays and tables")
    @Option(
            names = "--label-column",
            paramLabel = "COLUMN",
            description = "Column of labels of a results table: 1, real or true; 0, bogus or false.")
    private @Nullable String labelColumn;

    @OptionHeading("Arrays and tables")
    @Option(
            names = "--partial-is-bogus",
            description = "Read the wrong trajectories through real objects (" + DataFolder.PARTIAL
                    + " of simulate --search) as bogus; without it they are left out.")
    private boolean partialIsBogus;

    /** The planes of the stamps in the files, in order; {@code otherwise} if the options do not name them. */
    List<Plane> planes(List<Plane> otherwise) {
        return planes.isEmpty() ? otherwise : planes;
    }

    /** What the options say for stamps with {@code planes}. */
    DataReading reading(List<Plane> planes, int maxSize) {
        return new DataReading(
                stamps.reading().withPlanes(planes), Optional.ofNullable(labelColumn), partialIsBogus, maxSize);
    }
}
