package dev.stampede.stamps.npy;

import dev.stampede.stamps.stamp.Plane;
import java.util.List;
import java.util.Optional;

/**
 * What the user says about the stamps in a file.
 *
 * @param axes the meaning of the axes of an array; empty to derive it from the shape
 * @param coadd how the exposures of a stamp are combined; empty if the file holds coadds
 * @param columns the columns of images of a table, or the array of an archive, in the order of the planes; empty for the
 *     default
 * @param planes the planes that are wanted of a table; empty for all coadds that it has
 */
public record StampReading(
        Optional<Axes> axes, Optional<ExposureCoadd> coadd, List<String> columns, List<Plane> planes) {
    /** Nothing: what is ambiguous is refused. */
    public static final StampReading DEFAULT =
            new StampReading(Optional.empty(), Optional.empty(), List.of(), List.of());

    public StampReading {
        columns = List.copyOf(columns);
        planes = List.copyOf(planes);
    }

    /** The same for these planes. */
    public StampReading withPlanes(List<Plane> wanted) {
        return new StampReading(axes, coadd, columns, wanted);
    }
}
