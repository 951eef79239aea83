package dev.stampede.systemtests.drill;

import dev.stampede.commandline.CommandException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** The alerting rules of a deployment, and a copy with short times for the drill. */
record DrillRules(String text) {
    private static final Pattern ALERT = Pattern.compile("(?m)^ *- alert: (\\w+) *$");
    private static final Pattern HOLDS = Pattern.compile("(?m)^( *for: )\\w+ *$");
    private static final Pattern WINDOW = Pattern.compile("\\[\\d+[smhd]]");

    /** Reads a file of rules. */
    static DrillRules read(Path file) {
        try {
            return new DrillRules(Files.readString(file));
        } catch (IOException e) {
            throw CommandException.usage("Cannot read the rules " + file
                    + "; start in the root of the repository, or give the file with --rules");
        }
    }

    /** The names of the alerts, in the order of the file. */
    List<String> alerts() {
        return ALERT.matcher(text).results().map(match -> match.group(1)).toList();
    }

    /** The same rules with every {@code for} shortened to 5 s and every window to 20 s, which is twenty scrapes. */
    String shortened() {
        return WINDOW.matcher(HOLDS.matcher(text).replaceAll("$15s")).replaceAll("[20s]");
    }
}
