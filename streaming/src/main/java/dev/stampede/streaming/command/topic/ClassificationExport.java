package dev.stampede.streaming.command.topic;

import dev.stampede.commandline.CommandException;
import dev.stampede.commandline.ProgressBar;
import dev.stampede.schemas.Classification;
import dev.stampede.stamps.error.FileAccessException;
import dev.stampede.stamps.file.AtomicFile;
import dev.stampede.streaming.kafka.ClassificationReader;
import dev.stampede.streaming.kafka.TimeRange;
import dev.stampede.streaming.kafka.TopicRange;
import dev.stampede.streaming.kafka.TopicReader;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Writes the classifications of a range of time to a file, which appears whole or not at all. */
final class ClassificationExport {
    private static final int BUFFER_BYTES = 1 << 16;

    private final TopicReader reader;
    private final ClassificationReader classifications;
    private final Predicate<Classification> wanted;
    private final BooleanSupplier isStopped;
    private long read;
    private long written;

    /**
     * @param classifications decodes the records
     * @param wanted the classifications to write
     * @param isStopped whether the export is to be given up
     */
    ClassificationExport(
            TopicReader reader,
            ClassificationReader classifications,
            Predicate<Classification> wanted,
            BooleanSupplier isStopped) {
        this.reader = reader;
        this.classifications = classifications;
        this.wanted = wanted;
        this.isStopped = isStopped;
    }

    /**
     * Writes the classifications in {@code topic} whose record timestamps are in {@code times}.
     *
     * @return their number
     * @throws CommandException if the extension of {@code out} has no format, or the export is stopped
     * @throws FileAccessException if {@code out} cannot be written
     */
    long write(String topic, TimeRange times, Path out) {
        ClassificationFile.Format format = ClassificationFile.format(out);
        TopicRange range = reader.range(topic, times);
        try (ProgressBar progress = ProgressBar.of("Exporting", range.offsets())) {
            AtomicFile.write(out, stream -> {
                OutputStream buffered = new BufferedOutputStream(stream, BUFFER_BYTES);
                ClassificationFile file = format.begin(buffered);
                reader.read(range, record -> {
                    write(record, file, out);
                    read++;
                    progress.advance(1);
                });
                progress.advance(range.offsets() - read); // the markers of transactions, which are no records
                file.end();
                buffered.flush();
            });
        } catch (IOException failure) {
            throw FileAccessException.writing(out, failure);
        }
        return written;
    }

    private void write(ConsumerRecord<byte[], byte[]> record, ClassificationFile file, Path out) {
        if (isStopped.getAsBoolean()) {
            throw CommandException.failed("Stopped; " + out + " was not written.");
        }
        Classification classification = classifications.decode(record);
        if (wanted.test(classification)) {
            try {
                file.write(classification);
            } catch (IOException failure) {
                throw FileAccessException.writing(out, failure);
            }
            written++;
        }
    }
}
