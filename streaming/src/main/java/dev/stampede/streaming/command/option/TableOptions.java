package dev.stampede.streaming.command.option;

import dev.stampede.commandline.CommandException;
import dev.stampede.commandline.OptionHeading;
import dev.stampede.streaming.offline.AlertTable;
import dev.stampede.streaming.offline.InputFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** A table next to an array, which says what the array does not. */
@OptionHeading("Arrays and tables")
public final class TableOptions {
    @Option(
            names = "--table",
            paramLabel = "FILE",
            description = "What an array does not say, one row for each stamp of the only array (.csv, .parquet, .ecsv,"
                    + " .hdf5): columns named as in the schema StampAlert, such as alertId, mjd, rightAscensionDegrees"
                    + " (docs/fields.md), or id, uuid, ra, dec, vx, vy, obs_count. Without it id, time and position are"
                    + " unknown.")
    private @Nullable Path table;

    @Option(
            names = "--columns",
            split = ",",
            paramLabel = "FIELD=COLUMN",
            description = "Columns of a table that have another name than the field, such as mjd=mjd_mid,flux=counts.")
    private Map<String, String> columns = Map.of();

    /** The columns of fields with another name. */
    public Map<String, String> columns() {
        return columns;
    }

    /** Whether there is a table. */
    public boolean isPresent() {
        return table != null;
    }

    /** The table of the only file; empty if there is none. A table for other inputs is wrong usage. */
    public Optional<AlertTable> open(List<Path> files) {
        if (table == null) {
            return Optional.empty();
        }
        if (files.size() != 1 || Files.isDirectory(files.get(0)) || !InputFiles.isArray(files.get(0))) {
            throw CommandException.usage("--table needs one array or results table as the only input.");
        }
        return Optional.of(AlertTable.open(table, columns, files.get(0)));
    }
}
