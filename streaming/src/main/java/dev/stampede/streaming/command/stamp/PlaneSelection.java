package dev.stampede.streaming.command.stamp;

import dev.stampede.commandline.CommandException;
import dev.stampede.stamps.stamp.Plane;
import dev.stampede.stamps.stamp.Stamp;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which planes of the stamps of a file a model gets. */
final class PlaneSelection {
    @Option(
            names = "--coadd",
            paramLabel = "KIND",
            description =
                    "Plane to classify if the file has several, in the order median, mean, sum, weighted (default:"
                            + " the coadd that the model looks at). Only for models of one plane.")
    private @Nullable Plane coadd;

    /** The planes that a model of {@code planes} gets from a table. */
    List<Plane> wanted(List<Plane> planes) {
        return planes.size() == 1 ? List.of(coadd(planes)) : planes;
    }

    private Plane coadd(List<Plane> planes) {
        return coadd == null ? planes.get(0) : coadd;
    }

    /** All planes if the model has as many, otherwise the selected one. */
    Stamp of(Stamp stamp, List<Plane> planes, Path input) {
        if (stamp.planes() == planes.size()) {
            return stamp;
        }
        if (planes.size() != 1) {
            throw CommandException.failed(input + " has stamps of " + stamp.planes() + " planes, but the model has "
                    + planes + ": it needs a file of shape (N, " + planes.size() + ", rows, columns).");
        }
        Plane kind = coadd(planes);
        if (kind.isCutout()) {
            throw CommandException.usage(
                    "--coadd must be one of " + Plane.names(Plane.COADDS) + ", not " + kind.planeName() + ".");
        }
        int plane = Plane.COADDS.indexOf(kind);
        if (plane >= stamp.planes()) {
            throw CommandException.usage("--coadd " + kind + " is plane " + plane + ", but the stamps of " + input
                    + " have planes 0 to " + (stamp.planes() - 1) + ".");
        }
        return stamp.plane(plane);
    }
}
