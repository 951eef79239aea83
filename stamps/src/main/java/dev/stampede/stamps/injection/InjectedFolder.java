package dev.stampede.stamps.injection;

import dev.stampede.stamps.file.AtomicFile;
import dev.stampede.stamps.picture.ContactSheet;
import dev.stampede.stamps.simulate.SimulatedCandidate;
import dev.stampede.stamps.simulate.output.LabelledFolder;
import dev.stampede.stamps.simulate.output.SimulatedSheet;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.stream.LongStream;

/** Writes the labelled stamps of many images as a {@link LabelledFolder}; the group of a stamp is that of its image. */
public final class InjectedFolder {
    /** The number of images that are worked on in parallel, then written in order. */
    private static final int BLOCK = 64;

    private InjectedFolder() {}

    /**
     * How many stamps were written.
     *
     * @param real with a source
     * @param bogus without
     */
    public record Counts(long real, long bogus) {
        /** A sentence with the numbers and the folder. */
        public String describe(Path folder) {
            return "Wrote " + (real + bogus) + " stamps to " + folder + ": " + real + " real, " + bogus + " bogus.";
        }
    }

    /** A sheet of the first {@code count} stamps of the images 0 to {@code images - 1}. */
    public static ContactSheet sheet(
            ImageSource source, long images, InjectionSettings settings, long seed, long count, String title) {
        TrainingInjector injector = new TrainingInjector(source, settings, seed);
        List<SimulatedCandidate> candidates = LongStream.range(0, images)
                .mapToObj(injector::candidates)
                .flatMap(List::stream)
                .limit(count)
                .toList();
        return SimulatedSheet.of(candidates, title);
    }

    /**
     * Makes the stamps of the images 0 to {@code images - 1}, or of the first of them that have {@code maxStamps}, and writes them
     * to {@code folder}, which is created if absent. The files appear only when all are complete. The number of threads changes
     * nothing.
     *
     * @param written receives the number of further stamps, from time to time
     * @throws IOException if the folder or the table cannot be written
     * @throws dev.stampede.stamps.error.FileAccessException if the stamps cannot be written, such as on a full disk
     */
    public static Counts write(
            Path folder,
            ImageSource source,
            long images,
            long maxStamps,
            InjectionSettings settings,
            long seed,
            LongConsumer written)
            throws IOException {
        TrainingInjector injector = new TrainingInjector(source, settings, seed);
        return AtomicFile.fill(folder, temporary -> {
            try (LabelledFolder files = LabelledFolder.create(temporary, settings.stamps())) {
                long missing = maxStamps;
                for (long first = 0; first < images && missing > 0; first += BLOCK) {
                    List<SimulatedCandidate> block = LongStream.range(first, Math.min(first + BLOCK, images))
                            .parallel()
                            .mapToObj(injector::candidates)
                            .flatMap(List::stream)
                            .limit(missing)
                            .toList();
                    for (SimulatedCandidate candidate : block) {
                        files.write(candidate);
                    }
                    missing -= block.size();
                    written.accept(block.size());
                }
                return new Counts(files.real(), files.bogus());
            }
        });
    }
}
