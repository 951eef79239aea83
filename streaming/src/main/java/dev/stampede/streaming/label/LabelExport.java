package dev.stampede.streaming.label;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stampede.stamps.contract.ModelContract;
import dev.stampede.stamps.contract.ModelFile;
import dev.stampede.stamps.file.AtomicFile;
import dev.stampede.stamps.file.Folders;
import dev.stampede.stamps.score.StampModel;
import dev.stampede.stamps.score.StampPredictor;
import dev.stampede.streaming.kafka.AlertRecords;
import dev.stampede.streaming.kafka.TopicRange;
import dev.stampede.streaming.kafka.TopicReader;
import dev.stampede.streaming.packet.AlertDecoder;
import dev.stampede.streaming.packet.PacketInput;
import dev.stampede.streaming.packet.PixelGrid;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.LongConsumer;

/** Exports the stamps of a range of alerts that have a label in a range of labels, as a folder. */
public final class LabelExport {
    private final ModelFile model;
    private final PacketInput input;

    /**
     * @param model stamps are fitted to its input as in the stream
     * @param input how alerts are decoded
     */
    public LabelExport(ModelFile model, PacketInput input) {
        this.model = model;
        this.input = input;
    }

    /**
     * Writes {@code folder}: first under a temporary name, so that it is complete or absent. The files of an earlier export in it
     * are replaced when those of this one are complete.
     *
     * @param progress receives the number of alerts that were read since the last call
     * @return the content of its {@link ExportManifest}
     * @throws IOException if the folder cannot be written
     * @throws dev.stampede.streaming.kafka.TopicReadException if a range cannot be read
     */
    public ObjectNode write(Path folder, ExportRanges ranges, TopicReader reader, LongConsumer progress)
            throws IOException {
        try {
            return Folders.hasFiles(folder)
                    ? AtomicFile.fill(folder, draft -> export(draft, ranges, reader, progress))
                    : AtomicFile.create(
                            folder, draft -> export(Files.createDirectory(draft), ranges, reader, progress));
        } catch (UncheckedIOException failure) {
            throw failure.getCause();
        }
    }

    private ObjectNode export(Path draft, ExportRanges ranges, TopicReader reader, LongConsumer progress)
            throws IOException {
        ExportManifest manifest = fill(draft, ranges, reader, progress);
        manifest.write(draft);
        return manifest.toJson();
    }

    private ExportManifest fill(Path draft, ExportRanges ranges, TopicReader reader, LongConsumer progress)
            throws IOException {
        LabelIndex labels = new LabelIndex();
        reader.read(ranges.labels(), record -> labels.add(record.value()));
        try (StampModel classifier = StampModel.open(model)) {
            ModelContract contract = classifier.contract();
            input.requireScale(PixelGrid.of(contract.stampSize(), contract.pixelScaleArcsec()));
            AlertDecoder decoder = input.newDecoder(
                    contract.input(),
                    contract.domain(),
                    contract.preprocessing().padding());
            try (StampPredictor predict = classifier.newPredictor(LabelledStampWriter.BATCH);
                    LabelledStampFolder files =
                            LabelledStampFolder.create(draft, contract.planes().size(), contract.stampSize())) {
                LabelledStampWriter writer = new LabelledStampWriter(decoder, predict, contract, labels, files);
                for (TopicRange range : ranges.alerts()) {
                    reader.read(range, record -> {
                        writer.add(AlertRecords.of(record));
                        progress.accept(1);
                    });
                }
                ExportCounts counts = writer.finish();
                labels.count(counts);
                counts.labelledAlertsNotInRange = labels.size() - writer.labelledAlerts();
                return ExportManifest.of(ranges, model, contract, input, counts, labels);
            }
        }
    }
}
