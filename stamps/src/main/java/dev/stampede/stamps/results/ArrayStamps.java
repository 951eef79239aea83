package dev.stampede.stamps.results;

import dev.stampede.stamps.npy.StampFile;
import dev.stampede.stamps.npy.StampReading;
import dev.stampede.stamps.stamp.Plane;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The stamps of an array. */
final class ArrayStamps implements StampSource {
    private final StampFile stamps;

    private ArrayStamps(StampFile stamps) {
        this.stamps = stamps;
    }

    static ArrayStamps open(Path file, StampReading reading) {
        return new ArrayStamps(StampFile.open(file, reading));
    }

    @Override
    public long size() {
        return stamps.size();
    }

    @Override
    public int planes() {
        return stamps.planes();
    }

    @Override
    public List<Plane> namedPlanes() {
        return List.of();
    }

    @Override
    public int height() {
        return stamps.height();
    }

    @Override
    public int width() {
        return stamps.width();
    }

    @Override
    public StampRow row(long index) {
        return new StampRow(stamps.stamp(index), Optional.empty());
    }

    @Override
    public void close() {
        stamps.close();
    }
}
