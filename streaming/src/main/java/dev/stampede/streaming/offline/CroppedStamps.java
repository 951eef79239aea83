package dev.stampede.streaming.offline;

import dev.stampede.stamps.stamp.Stamp;
import java.nio.file.Path;

/** Counts the stamps of arrays and tables that are larger than the input of the model. Not thread-safe. */
public final class CroppedStamps {
    private long count;
    private int size;
    private String first = "";

    /** Counts {@code stamp} of {@code file} if it has more rows or columns than {@code modelSize}, the model's input. */
    public void add(Stamp stamp, Path file, int modelSize) {
        if (Math.max(stamp.height(), stamp.width()) > modelSize) {
            if (count == 0) {
                size = modelSize;
                first = stamp.height() + "x" + stamp.width() + " in " + file;
            }
            count++;
        }
    }

    /** Whether there are any. */
    public boolean isAny() {
        return count > 0;
    }

    /** One sentence with their number and what is done with them. */
    public String describe() {
        return "Cropped " + count + (count == 1 ? " stamp" : " stamps") + " to the central " + size + "x" + size
                + " pixels, which the model takes; first " + first + ".";
    }
}
