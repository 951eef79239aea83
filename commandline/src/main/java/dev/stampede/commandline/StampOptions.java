package dev.stampede.commandline;

import dev.stampede.stamps.npy.Axes;
import dev.stampede.stamps.npy.ExposureCoadd;
import dev.stampede.stamps.npy.StampReading;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How the stamps in arrays and tables are read. */
@OptionHeading("Arrays and tables")
public final class StampOptions {
    @Option(
            names = "--axes",
            paramLabel = "AXES",
            description =
                    "Meaning of the axes of an array, in its order, such as n,y,x,c: n stamps, t exposures, c planes,"
                            + " y rows, x columns; yx, cyx or yxc for a flattened axis (default: derived from the shape;"
                            + " what is ambiguous is refused).")
    private @Nullable String axes;

    @Option(
            names = "--coadd-exposures",
            paramLabel = "HOW",
            description = "Combine the exposures of each stamp, of shape (N, exposures, rows, columns):"
                    + " ${COMPLETION-CANDIDATES}; lower-median takes the lower of two middle values, as KBMOD does.")
    private @Nullable ExposureCoadd coadd;

    @Option(
            names = "--column",
            split = ",",
            paramLabel = "COLUMN",
            description = "Image columns of a table, one for each plane, such as coadd_mean, or the array of an .npz"
                    + " archive (default: coadd_PLANE for each plane, or stamp for a single one).")
    private List<String> columns = List.of();

    /** Whether any option is given. */
    public boolean areGiven() {
        return axes != null || coadd != null || !columns.isEmpty();
    }

    /** What the options say. */
    public StampReading reading() {
        try {
            return new StampReading(
                    Optional.ofNullable(axes).map(Axes::of), Optional.ofNullable(coadd), columns, List.of());
        } catch (IllegalArgumentException invalid) {
            throw CommandException.usage("--axes: " + invalid.getMessage() + ".");
        }
    }
}
