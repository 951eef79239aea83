package dev.stampede.commandline;

/** How a command prints its results. */
public enum OutputFormat {
    /** Lines for people. */
    TEXT,
    /** Comma-separated values with a header line. */
    CSV,
    /** One JSON object per line. */
    JSON;

    /** JSON or text, for commands without CSV. */
    public static OutputFormat json(boolean json) {
        return json ? JSON : TEXT;
    }
}
