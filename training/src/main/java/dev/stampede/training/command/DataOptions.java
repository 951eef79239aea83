package dev.stampede.training.command;

import dev.stampede.commandline.CommandException;
import dev.stampede.commandline.OptionHeading;
import dev.stampede.commandline.StampOptions;
import dev.stampede.stamps.stamp.Plane;
import dev.stampede.training.dataset.DataFolder;
import dev.stampede.training.dataset.DataReading;
import dev.stampede.training.dataset.LabelledStamps;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How labelled stamps are read. */
final class DataOptions {
    /** The description of {@code --planes}, without the default, which depends on the command. */
    static final String PLANES =
            "Planes of the stamps in the files, in order: median, mean, sum, weighted, science, template, difference";

    @Mixin
    private StampOptions stamps;

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

    /** A usage error if a plane is named twice. */
    static void requireDistinct(String option, List<Plane> planes) {
        if (Set.copyOf(planes).size() < planes.size()) {
            throw CommandException.usage(option + " is " + Plane.names(planes) + ": it names a plane twice.");
        }
    }

    /** The stamps of {@code data}, cropped to {@code maxSize} pixels; other planes than {@code planes} are a usage error. */
    LabelledStamps read(List<Path> data, List<Plane> planes, int maxSize) {
        return read(data, planes, maxSize, count -> "name the planes with --planes");
    }

    /** The same; {@code remedy} is what to do about stamps with that number of planes, for the message. */
    LabelledStamps read(List<Path> data, List<Plane> planes, int maxSize, IntFunction<String> remedy) {
        LabelledStamps stamps = DataFolder.read(data, reading(planes, maxSize));
        int count = stamps.shape().planes();
        if (count != planes.size()) {
            throw CommandException.usage(
                    "The stamps in " + DataFolder.names(data) + " have " + count + (count == 1 ? " plane" : " planes")
                            + ", not " + Plane.names(planes) + ": " + remedy.apply(count) + ".");
        }
        return stamps;
    }

    private DataReading reading(List<Plane> planes, int maxSize) {
        return new DataReading(
                stamps.reading().withPlanes(planes), Optional.ofNullable(labelColumn), partialIsBogus, maxSize);
    }
}
