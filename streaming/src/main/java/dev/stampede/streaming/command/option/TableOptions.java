package dev.stampede.streaming.command.option;

import dev.stampede.commandline.CommandException;
import dev.stampede.commandline.OptionHeading;
import dev.stampede.stamps.results.StampSource;
import dev.stampede.stamps.results.format.TableFormat;
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
            description = "What an array does not say, one row for each stamp of the only array (.csv, "
                    + TableFormat.TABLES
                    + "): columns named as in the schema StampAlert, such as alertId, mjd, rightAscensionDegrees"
                    + " (docs/reference/topics.md), or id, uuid, ra, dec, x, y, vx, vy, obs_count, exposures. Without it id, time"
                    + " and position are unknown. It completes a results table.")
    private @Nullable Path table;

    @Option(
            names = "--columns",
            split = ",",
            paramLabel = "FIELD=COLUMN",
            description = "Columns of a table that have another name than the field, such as mjd=mjd_mid,flux=counts.")
    private Map<String, String> columns = Map.of();

    /** The columns of fields with another name in the results tables among {@code files}. Without one they are wrong usage. */
    public Map<String, String> columns(List<Path> files) {
        if (!columns.isEmpty() && files.stream().noneMatch(StampSource::isTable)) {
            throw CommandException.usage("--columns is only for a table: name one with --table.");
        }
        return columns;
    }

    /** Rejects a table, and columns of one, for stamps that are not in files. */
    public void requireNone() {
        if (table != null || !columns.isEmpty()) {
            throw CommandException.usage("--table and --columns are for stamps in files, not for simulated ones.");
        }
    }

    /** Rejects columns where no fields are read. */
    public void requireNoColumns() {
        if (!columns.isEmpty()) {
            throw CommandException.usage(
                    "--columns names the fields of alerts, which --out does not read; leave it out.");
        }
    }

    /** Whether there is a table. */
    public boolean isPresent() {
        return table != null;
    }

    /** The table of the only file; empty if there is none. A table for other inputs is wrong usage. */
    public Optional<Path> file(List<Path> files) {
        boolean isArray = files.size() == 1 && !Files.isDirectory(files.get(0)) && InputFiles.isArray(files.get(0));
        if (table != null && !isArray) {
            throw CommandException.usage("--table needs one array or results table as the only input.");
        }
        return Optional.ofNullable(table);
    }

    /** The table of the only file, opened; empty if there is none. A table for other inputs is wrong usage, and so are columns of none. */
    public Optional<AlertTable> open(List<Path> files) {
        Optional<Path> named = file(files);
        if (named.isEmpty()) {
            columns(List.of());
            return Optional.empty();
        }
        AlertTable opened = AlertTable.open(named.get(), columns, files.get(0));
        if (!opened.ignoredColumns().isEmpty()) {
            System.err.println(named.get() + ": ignored the columns " + opened.ignoredColumns()
                    + "; --columns FIELD=COLUMN reads a field from one.");
        }
        return Optional.of(opened);
    }
}
