package dev.stampede.streaming.command.stamp;

import dev.stampede.commandline.CommandException;
import dev.stampede.commandline.Example;
import dev.stampede.commandline.OutputFiles;
import dev.stampede.commandline.ProgressBar;
import dev.stampede.commandline.StampOptions;
import dev.stampede.stamps.error.FailureReason;
import dev.stampede.stamps.file.AtomicFile;
import dev.stampede.stamps.injection.ImageSource;
import dev.stampede.stamps.injection.InjectedFolder;
import dev.stampede.stamps.injection.InjectionSettings;
import dev.stampede.stamps.injection.StarStack;
import dev.stampede.stamps.injection.SurveyImages;
import dev.stampede.stamps.stamp.Plane;
import dev.stampede.stamps.stamp.Stamp;
import dev.stampede.streaming.command.option.KafkaOptions;
import dev.stampede.streaming.command.option.PacketOptions;
import dev.stampede.streaming.command.option.StreamOptions;
import dev.stampede.streaming.command.option.TimeOptions;
import dev.stampede.streaming.kafka.AccessRights;
import dev.stampede.streaming.kafka.AlertRecords;
import dev.stampede.streaming.kafka.TopicCheck;
import dev.stampede.streaming.kafka.TopicRange;
import dev.stampede.streaming.kafka.TopicReader;
import dev.stampede.streaming.offline.FileStamp;
import dev.stampede.streaming.offline.InputFiles;
import dev.stampede.streaming.offline.SkippedFiles;
import dev.stampede.streaming.offline.StampReader;
import dev.stampede.streaming.offline.UnreadableStamps;
import dev.stampede.streaming.packet.Alert;
import dev.stampede.streaming.packet.AlertDecoder;
import dev.stampede.streaming.packet.Decoded;
import dev.stampede.streaming.settings.StreamSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code inject-training}: labelled stamps from the unlabelled images of a survey. */
@Command(
        name = "inject-training",
        mixinStandardHelpOptions = true,
        description =
                "Makes labelled stamps for train from the unlabelled images of a survey: sources of its PSF injected"
                        + " into real sky away from the candidates; as bogus stamps the highest peaks of that sky, and"
                        + " artefacts injected into it.")
@Example("inject-training --packets alerts --out injected")
public final class InjectTrainingCommand implements Callable<Integer> {
    private static final int SHEET_STAMPS = 60;

    @Option(
            names = "--packets",
            paramLabel = "PATH",
            description = "Packets, archives and folders of them; can be repeated.")
    private List<Path> packets = List.of();

    @Option(
            names = "--stamps",
            paramLabel = "PATH",
            description = "Arrays and tables of stamps of one plane, with --fwhm; can be repeated.")
    private List<Path> arrays = List.of();

    @Mixin
    private StreamOptions stream;

    @Mixin
    private TimeOptions times;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "DIR",
            description = "Folder to write; created with its parents if absent.")
    private Path out;

    @Mixin
    private OutputFiles output;

    @Option(
            names = "--max-images",
            defaultValue = "10000",
            paramLabel = "N",
            description = "Read only the first N usable images, which are kept in memory.")
    private int maxImages;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Random seed; the same seed and images give the same bytes.")
    private long seed;

    @Option(names = "--sheet", paramLabel = "FILE.png", description = "Draw the first " + SHEET_STAMPS + " stamps.")
    private @Nullable Path sheet;

    @Mixin
    private InjectionOptions injection;

    @Mixin
    private StampOptions stamps;

    @Mixin
    private PacketOptions packetOptions;

    @Spec
    private CommandSpec spec;

    private UnreadableStamps unreadable = UnreadableStamps.ofFiles();
    /** The planes to read: the first is that of the stamps. */
    private List<Plane> planes = List.of();

    private long withoutPlanes;

    @Override
    public Integer call() {
        checkInputs();
        injection.check();
        output.requireFolder(out);
        if (sheet != null) {
            AtomicFile.requireWritable(sheet);
        }
        SurveyImages images = new SurveyImages(injection.size());
        planes = injection.planes();
        read(images);
        if (images.count() == 0 && withoutPlanes > 0 && planes.indexOf(Plane.TEMPLATE) > 0) {
            // The survey publishes no template: the alignment cannot be measured, but the PSF can.
            planes = planes.stream().filter(plane -> plane != Plane.TEMPLATE).toList();
            read(images);
        }
        warn(images);
        Optional<StarStack.Measurement> measured = injection.isPsfGiven() ? Optional.empty() : images.measure();
        InjectionSettings settings = injection.settings(measured);
        write(injection.source(images, measured, seed), images.count(), settings);
        spec.commandLine().getOut().println(injection.describe(measured, settings) + ".");
        return 0;
    }

    private void read(SurveyImages images) {
        unreadable = isStream() ? UnreadableStamps.ofTopics() : UnreadableStamps.ofFiles();
        withoutPlanes = 0;
        if (isStream()) {
            readTopics(images);
        } else {
            readFiles(images);
        }
    }

    private boolean isStream() {
        return spec.commandLine().getParseResult().hasMatchedOption("--config");
    }

    private void checkInputs() {
        int given = (packets.isEmpty() ? 0 : 1) + (arrays.isEmpty() ? 0 : 1) + (isStream() ? 1 : 0);
        if (given != 1) {
            throw CommandException.usage("Name the images by one of --packets, --stamps and --config.");
        }
        if (!isStream() && times.isGiven()) {
            throw CommandException.usage("--from and --to select records of a stream; they need --config.");
        }
        if (isStream() && packetOptions.areGiven()) {
            throw CommandException.usage(
                    "--survey-file, --schemas and --schema-registry describe packets in files; with"
                            + " --config set input.survey-files, schema.folder and schema.registry.url in that file.");
        }
        if (arrays.isEmpty() && stamps.areGiven()) {
            throw CommandException.usage("--axes, --coadd-exposures and --column describe arrays; they need --stamps.");
        }
        if (!arrays.isEmpty() && !injection.isPsfGiven()) {
            throw CommandException.usage("Arrays have no science image with stars: --stamps needs --fwhm.");
        }
        if (maxImages < 1) {
            throw CommandException.usage("--max-images must be 1 or more, not " + maxImages + ".");
        }
    }

    private void readFiles(SurveyImages images) {
        SkippedFiles skipped = new SkippedFiles();
        List<Path> files =
                packets.isEmpty() ? InputFiles.arraysAndPackets(arrays, skipped) : InputFiles.packets(packets, skipped);
        AlertDecoder decoder = packetOptions.input().newDecoder(planes);
        try (StampReader reader = new StampReader(
                        Optional.of(decoder), stamps.reading(), Optional.empty(), this::onePlane, skipped);
                ProgressBar progress = ProgressBar.of("Reading", reader.count(files))) {
            reader.until(() -> images.count() == maxImages, files).forEach(candidate -> {
                add(candidate, images);
                progress.advance(1);
            });
        }
        if (skipped.isAny()) {
            System.err.println(skipped.describe());
        }
    }

    private Stamp onePlane(Stamp stamp, Path file) {
        if (stamp.planes() != 1) {
            throw CommandException.failed(file + " has stamps of " + stamp.planes()
                    + " planes; light is injected into one: write the plane to a separate array.");
        }
        return stamp;
    }

    private void add(FileStamp candidate, SurveyImages images) {
        unreadable.add(candidate);
        Stamp stamp = candidate.stamp();
        if (stamp != null && images.count() < maxImages) { // a container file may have more
            images.add(object(candidate), stamp.plane(0), plane(stamp, Plane.SCIENCE), plane(stamp, Plane.TEMPLATE));
        } else if (stamp == null && candidate.failure() == null) {
            withoutPlanes++;
        }
    }

    /** Equal for the images of one object; a stamp of an array without ids is a separate object. */
    private static String object(FileStamp candidate) {
        Alert alert = candidate.alert();
        if (alert != null) {
            return alert.group(Optional.empty());
        }
        return candidate.id() == null ? candidate.file() + "#" + candidate.index() : "alert:" + candidate.id();
    }

    private Optional<Stamp> plane(Stamp stamp, Plane wanted) {
        int index = injection.isPsfGiven() ? -1 : planes.indexOf(wanted);
        return index < 0 ? Optional.empty() : Optional.of(stamp.plane(index));
    }

    private void readTopics(SurveyImages images) {
        StreamSettings settings = stream.settings();
        AccessRights rights = AccessRights.of().andToRead(settings.alertTopics().names());
        AlertDecoder decoder = settings.input().newDecoder(planes);
        TopicCheck.require(settings.clientConfig(), rights);
        try (TopicReader reader = TopicReader.ofRanges(settings.clientConfig())) {
            List<TopicRange> ranges = reader.ranges(settings.alertTopics(), times.range());
            long records = ranges.stream().mapToLong(TopicRange::offsets).sum();
            try (ProgressBar progress = ProgressBar.of("Reading", records)) {
                for (TopicRange range : ranges) {
                    reader.readUntil(() -> images.count() == maxImages, range, record -> {
                        String place = record.topic() + "-" + record.partition() + " offset " + record.offset();
                        for (Decoded part :
                                decoder.decode(AlertRecords.of(record)).parts()) {
                            add(FileStamp.of(place, record.offset(), part), images);
                        }
                        progress.advance(1);
                    });
                }
            }
        } catch (KafkaException e) {
            throw KafkaOptions.failed("read alerts", e, rights);
        }
    }

    private void warn(SurveyImages images) {
        if (unreadable.isAny()) {
            System.err.println(unreadable.describe());
        }
        if (withoutPlanes > 0) {
            System.err.println(withoutPlanes + " alerts lack an image of " + Plane.names(planes) + " and are not used"
                    + (injection.isPsfGiven() ? "." : "; with --fwhm only the first is needed."));
        }
        if (!images.describeUnused().isEmpty()) {
            System.err.println(images.describeUnused());
        }
    }

    private void write(ImageSource source, int images, InjectionSettings settings) {
        long stampCount = (long) images * settings.perImage();
        try (ProgressBar progress = ProgressBar.of("Injecting", stampCount)) {
            InjectedFolder.Counts counts =
                    InjectedFolder.write(out, source, images, stampCount, settings, seed, progress::advance);
            if (sheet != null) {
                InjectedFolder.sheet(source, images, settings, seed, SHEET_STAMPS, "Injected, seed " + seed)
                        .write(sheet);
            }
            spec.commandLine().getOut().println(counts.describe(out));
        } catch (IOException failure) {
            throw CommandException.failed("Cannot write the stamps to " + out + ": " + FailureReason.of(failure) + ".");
        }
    }
}
