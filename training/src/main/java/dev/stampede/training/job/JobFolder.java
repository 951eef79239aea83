package dev.stampede.training.job;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.stampede.stamps.file.AtomicFile;
import dev.stampede.training.dataset.InvalidDataException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The folder of a job: its state, its runs, and a lock that ends with the process, so that two starts never work in it at
 * the same time.
 */
public final class JobFolder implements AutoCloseable {
    private static final String STATE = "job.json";
    private static final String LOCK = "job.lock";
    private static final ObjectMapper MAPPER =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private final Path folder;
    private final FileChannel channel;

    private JobFolder(Path folder, FileChannel channel) {
        this.folder = folder;
        this.channel = channel;
    }

    /**
     * Opens a folder, which is created if absent.
     *
     * @return empty if another process has it open
     */
    public static Optional<JobFolder> open(Path folder) throws IOException {
        Files.createDirectories(folder);
        FileChannel channel =
                FileChannel.open(folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (lock(channel) == null) {
            channel.close();
            return Optional.empty();
        }
        return Optional.of(new JobFolder(folder, channel));
    }

    private static @Nullable FileLock lock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException heldByThisProcess) {
            return null;
        }
    }

    public Path path() {
        return folder;
    }

    /** The files of a run. */
    public JobRun run(String id) {
        return new JobRun(id, folder.resolve("runs").resolve(id));
    }

    /**
     * The state; the first one in a new folder.
     *
     * @throws InvalidDataException if the file is not a state
     */
    public JobState state() throws IOException {
        Path file = folder.resolve(STATE);
        if (Files.notExists(file)) {
            return JobState.FIRST;
        }
        String text = Files.readString(file);
        try {
            return MAPPER.readValue(text, JobState.class);
        } catch (com.fasterxml.jackson.core.JsonProcessingException failure) {
            throw new InvalidDataException(
                    "Cannot read " + file + ": " + failure.getOriginalMessage()
                            + "; it was written by another version, or edited. Restore it, or use another folder.",
                    failure);
        }
    }

    /** Writes the state in place of the last one. */
    void write(JobState state) throws IOException {
        byte[] text = (MAPPER.writeValueAsString(state) + "\n").getBytes(UTF_8);
        AtomicFile.write(folder.resolve(STATE), out -> out.write(text));
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
