package dev.stampede.training.command;

import dev.stampede.commandline.OptionHeading;
import dev.stampede.commandline.StampOptions;
import dev.stampede.stamps.stamp.Plane;
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

    @OptionHeading("Arrays and tables")
    @Option(
            names = "--label-column",
            paramLabel = "COLUMN",
            description = "Column of labels of a results table: 1, real or true; 0, bogus or false.")
    private @Nullable String labelColumn;

    /** What the options say for these planes. */
    DataReading reading(List<Plane> planes, int maxSize) {
        return new DataReading(stamps.reading().withPlanes(planes), Optional.ofNullable(labelColumn), maxSize);
    }
}
