package dev.stampede.streaming.offline;

import java.util.ArrayList;
import java.util.List;

/** Counts files in folders and archives that are not read, and names the first of them. Not thread-safe. */
public final class SkippedFiles {
    private static final int MAX_NAMED = 5;

    private final List<String> named = new ArrayList<>();
    private long count;

    void add(String file) {
        count++;
        if (named.size() < MAX_NAMED) {
            named.add(file);
        }
    }

    /** Whether there are any. */
    public boolean isAny() {
        return count > 0;
    }

    /** One sentence with their number and the first of them. */
    public String describe() {
        String names = String.join(", ", named);
        return "Skipped " + count + (count == 1 ? " file" : " files") + " of other types: " + names
                + (count > named.size() ? ", ..." : "") + ".";
    }
}
