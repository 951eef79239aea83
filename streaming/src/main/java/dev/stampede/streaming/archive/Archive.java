package dev.stampede.streaming.archive;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stampede.stamps.contract.ModelContract;
import dev.stampede.stamps.contract.ModelFile;
import dev.stampede.stamps.score.Judge;
import dev.stampede.stamps.score.StampClassifier;
import dev.stampede.stamps.terminal.CommandFailure;
import dev.stampede.streaming.history.TopicHistory;
import dev.stampede.streaming.packet.AlertDecoder;
import dev.stampede.streaming.packet.PacketInput;
import dev.stampede.streaming.packet.PixelGrid;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.stream.Stream;

/** A folder of labelled stamps: those of a range of alerts that have a label in a range of labels. */
public final class Archive {
    private final ModelFile model;
    private final PacketInput input;

    /**
     * @param model for whose input stamps are fitted, as the stream would fit them
     * @param input how alerts are read, as the stream would read them
     */
    public Archive(ModelFile model, PacketInput input) {
        this.model = model;
        this.input = input;
    }

    /**
     * Writes {@code folder}, which must not be there yet: under another name first, then moved, so that it is whole or
     * absent.
     *
     * @param read is told of alerts that were read
     * @return what its {@link ArchiveFile} says
     * @throws CommandFailure if it is there already or cannot be written, or Kafka fails
     */
    public ObjectNode write(Path folder, ArchiveRanges ranges, TopicHistory history, LongConsumer read) {
        Path draft = folder.resolveSibling(folder.getFileName() + ".part");
        try {
            if (Files.exists(folder)) {
                throw new FileAlreadyExistsException(folder + " is there already; name another folder or remove it");
            }
            delete(draft);
            Files.createDirectories(draft);
            ObjectNode said = fill(draft, ranges, history, read);
            Files.writeString(draft.resolve(ArchiveFile.NAME), ArchiveFile.text(said));
            Files.move(draft, folder, StandardCopyOption.ATOMIC_MOVE);
            return said;
        } catch (IOException | UncheckedIOException failure) {
            throw CommandFailure.failed("Cannot write the archive " + folder + ": " + failure.getMessage() + ".");
        }
    }

    private ObjectNode fill(Path draft, ArchiveRanges ranges, TopicHistory history, LongConsumer read)
            throws IOException {
        LabelBook labels = new LabelBook();
        history.read(ranges.labels(), record -> labels.add(record.value()));
        try (StampClassifier classifier = StampClassifier.open(model)) {
            ModelContract contract = classifier.contract();
            Optional<PixelGrid> grid = PixelGrid.of(contract.stampSize(), contract.pixelScaleArcsec());
            input.demandScale(grid);
            try (Judge judge = classifier.newJudge(Archiver.BATCH);
                    AlertDecoder decoder = input.newDecoder(contract.channels(), grid);
                    ArchiveFolder files =
                            ArchiveFolder.create(draft, contract.channels().size(), contract.stampSize())) {
                Archiver archiver = new Archiver(decoder, judge, contract.stampSize(), labels, files);
                history.read(ranges.alerts(), record -> {
                    archiver.offer(record.value());
                    read.accept(1);
                });
                ArchiveTally tally = archiver.finish();
                return ArchiveFile.of(ranges, model, contract, input, tally, labels, archiver.labelledAlerts());
            }
        }
    }

    private static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            List<Path> all;
            try (Stream<Path> paths = Files.walk(folder)) {
                all = paths.sorted(Comparator.reverseOrder()).toList();
            }
            for (Path path : all) {
                Files.delete(path);
            }
        }
    }
}
