package dev.stampede.benchmarks.bench;

import dev.stampede.stamps.terminal.CommandFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The alerting rules that a deployment loads, and a copy of them that is quick enough to be proved. */
final class DrillRules {
    /** How long a rule must hold in the copy before it fires, seconds. */
    static final int HOLDS_SECONDS = 5;

    /** What rates and slopes look back over in the copy, seconds: twenty scrapes. */
    static final int WINDOW_SECONDS = 20;

    private static final Pattern ALERT = Pattern.compile("(?m)^ *- alert: (\\w+) *$");
    private static final Pattern HOLDS = Pattern.compile("(?m)^( *for: )\\w+ *$");
    private static final Pattern WINDOW = Pattern.compile("\\[\\d+[smhd]]");

    private final String text;

    private DrillRules(String text) {
        this.text = text;
    }

    /** Reads a file of rules; a {@link CommandFailure} where it is not there. */
    static DrillRules read(Path file) {
        try {
            return new DrillRules(Files.readString(file));
        } catch (IOException e) {
            throw CommandFailure.usage("Cannot read the rules " + file
                    + "; start in the root of the repository, or name the file with --rules");
        }
    }

    /** The names of the alerts, in the order of the file. */
    List<String> alerts() {
        return ALERT.matcher(text)
                .results()
                .map((MatchResult result) -> result.group(1))
                .toList();
    }

    /** The same rules, thresholds and all, with every {@code for} and every window shortened. */
    String shortened() {
        String quick = HOLDS.matcher(text).replaceAll("$1" + HOLDS_SECONDS + "s");
        return WINDOW.matcher(quick).replaceAll("[" + WINDOW_SECONDS + "s]");
    }
}
