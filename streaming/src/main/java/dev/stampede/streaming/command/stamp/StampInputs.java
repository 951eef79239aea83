package dev.stampede.streaming.command.stamp;

import dev.stampede.commandline.CommandException;
import dev.stampede.commandline.StampOptions;
import dev.stampede.stamps.contract.ModelContract;
import dev.stampede.stamps.contract.ModelFile;
import dev.stampede.stamps.error.InvalidInputException;
import dev.stampede.stamps.results.StampSource;
import dev.stampede.stamps.results.format.TableFormat;
import dev.stampede.stamps.stamp.Plane;
import dev.stampede.streaming.command.option.PacketOptions;
import dev.stampede.streaming.command.option.TableOptions;
import dev.stampede.streaming.offline.AlertTable;
import dev.stampede.streaming.offline.CroppedStamps;
import dev.stampede.streaming.offline.InputFiles;
import dev.stampede.streaming.offline.SkippedFiles;
import dev.stampede.streaming.offline.StampReader;
import dev.stampede.streaming.offline.UnreadableStamps;
import dev.stampede.streaming.packet.AlertDecoder;
import dev.stampede.streaming.packet.OutOfDomain;
import dev.stampede.streaming.packet.PacketInput;
import dev.stampede.streaming.packet.PixelGrid;
import dev.stampede.streaming.packet.PlaneMapping;
import dev.stampede.streaming.packet.Resizing;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The arrays and packets whose stamps a command passes to a model. */
final class StampInputs {
    @Parameters(
            arity = "1..*",
            paramLabel = "INPUT",
            description =
                    "Files and folders: arrays (.npy, .npz) with stamps of shape (N, 441), (N, rows, columns) or (N,"
                            + " planes, rows, columns), results tables of KBMOD (" + TableFormat.TABLES
                            + ", .fits), alert packets"
                            + " and container files of any number of alerts (.avro, .avro.gz), and archives of them (.tar,"
                            + " .tar.gz, .tgz), which are not unpacked.")
    private List<Path> inputs;

    @Option(
            names = "--model",
            paramLabel = "FILE",
            description = "Model: " + ModelFile.NAMES + ", or a file (default: vgg6).")
    private @Nullable Path model;

    @Option(
            names = "--input-planes",
            split = ",",
            paramLabel = "COADD=CUTOUT",
            description = "Cutout of a survey's packet from which a coadd of the model is read, such as median=science"
                    + " (default: a model of one coadd takes the difference image).")
    private Map<Plane, Plane> inputPlanes = Map.of();

    @Option(
            names = "--fit",
            defaultValue = "AUTO",
            paramLabel = "FIT",
            description = "How the image of a packet is fitted to the model: ${COMPLETION-CANDIDATES}; RESAMPLE"
                    + " changes to the pixel scale of the model, CROP takes the central pixels, AUTO resamples if both"
                    + " scales are known and differ.")
    private Resizing fit;

    @Option(
            names = "--out-of-domain",
            defaultValue = "ABSTAIN",
            paramLabel = "RULE",
            description = "What to do with the packets of a survey or a pixel scale that the model was not made for:"
                    + " ${COMPLETION-CANDIDATES}.")
    private OutOfDomain outOfDomain;

    @Option(names = "--strict", description = "Exit with 1 if any input cannot be read.")
    private boolean isStrict;

    @Mixin
    private StampOptions stamps;

    @Mixin
    private PacketOptions packets;

    @Mixin
    private PlaneSelection planes;

    @Mixin
    private TableOptions table;

    private final SkippedFiles skipped = new SkippedFiles();
    private final CroppedStamps cropped = new CroppedStamps();

    /** The files, in order; one or more. */
    List<Path> files() {
        return InputFiles.arraysAndPackets(inputs, skipped);
    }

    ModelFile model() {
        return model == null ? ModelFile.shipped() : ModelFile.read(model);
    }

    /** A decoder of packets for that model; empty if there are only arrays, which need no descriptions of surveys. */
    private Optional<AlertDecoder> newDecoder(ModelContract contract, List<Path> files) {
        PlaneMapping mapping = mapping();
        if (files.stream().allMatch(InputFiles::isArray) && !packets.areGiven()) {
            return Optional.empty();
        }
        PacketInput input = packets.input().withPlanes(mapping).withFit(fit).withOutOfDomain(outOfDomain);
        if (!files.stream().allMatch(InputFiles::isArray)) {
            input.requireScale(PixelGrid.of(contract.stampSize(), contract.pixelScaleArcsec()));
        }
        return Optional.of(input.newDecoder(
                contract.input(), contract.domain(), contract.preprocessing().padding()));
    }

    private PlaneMapping mapping() {
        try {
            return new PlaneMapping(inputPlanes);
        } catch (IllegalArgumentException invalid) {
            throw CommandException.usage("Invalid --input-planes: " + invalid.getMessage() + ".");
        }
    }

    /** The ids of the stamps of the only array, if it has a table. */
    Optional<AlertTable> ids(List<Path> files) {
        return table.open(files);
    }

    /**
     * A reader of the arrays and packets in {@code files} for that model.
     *
     * @param ids closed with the reader
     */
    StampReader newReader(List<Path> files, ModelContract contract, Optional<AlertTable> ids) {
        return new StampReader(
                newDecoder(contract, files),
                stamps.reading().withPlanes(planes.wanted(contract.planes())),
                ids,
                (stamp, file) -> {
                    cropped.add(stamp, file, contract.stampSize());
                    return planes.of(stamp, contract.planes(), file);
                },
                skipped);
    }

    /** The table of the only file: itself, or the one next to it. Other inputs are wrong usage. */
    Path tableToAnnotate(List<Path> files) {
        Path file = files.get(0);
        table.requireNoColumns();
        if (isStrict) {
            throw CommandException.usage("--out fails if a row cannot be read; leave out --strict.");
        }
        if (files.size() > 1) {
            throw CommandException.usage("--out annotates the rows of one table, but there are " + files.size()
                    + " inputs; name one, or print a table of all verdicts with --csv.");
        }
        if (StampSource.isTable(file) && !StampSource.isColumn(file)) {
            if (table.isPresent()) {
                throw CommandException.usage("--out annotates " + file + " itself; leave out --table.");
            }
            return file;
        }
        return table.file(files)
                .orElseThrow(() -> CommandException.usage(file
                        + " has no rows that --out could annotate; name its table with --table, or print a table of the verdicts"
                        + " with --csv."));
    }

    /** Requires as many rows of {@code annotated} as there are stamps in {@code files}; a pipe is checked when it has been read. */
    void requireRows(List<Path> files, Path annotated, long rows) {
        if (!annotated.equals(files.get(0)) && Files.isRegularFile(files.get(0))) {
            try (StampSource source = StampSource.open(files.get(0), stamps.reading())) {
                if (source.size() != rows) {
                    throw new InvalidInputException(
                            annotated + " has " + rows + " rows, but there are " + source.size() + " stamps.");
                }
            }
        }
    }

    /** Whether the files are one array without ids, so that a line needs no more than an index. */
    boolean isOneArray(List<Path> files) {
        Path file = files.get(0);
        return files.size() == 1 && InputFiles.isArray(file) && !StampSource.isTable(file) && !table.isPresent();
    }

    /** Prints a note if stamps are larger than the input of the model. */
    void reportCropped() {
        if (cropped.isAny()) {
            System.err.println(cropped.describe());
        }
    }

    /** The exit code: 1 if nothing was read, or not everything and the user requires it. Reports what was cropped, skipped and not read. */
    int exitCode(UnreadableStamps unreadable) {
        reportCropped();
        if (skipped.isAny()) {
            System.err.println(skipped.describe());
        }
        if (unreadable.isAny()) {
            System.err.println(unreadable.describe());
        }
        return unreadable.isAll() || (isStrict && unreadable.isAny()) ? 1 : 0;
    }
}
