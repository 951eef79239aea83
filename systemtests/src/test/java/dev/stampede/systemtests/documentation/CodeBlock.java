package dev.stampede.systemtests.documentation;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A fenced block of a page.
 *
 * @param line the line of its opening fence, from 1
 * @param info what follows the opening fence: the language and, for commands that no test can run, {@code needs=REASON}
 * @param code its lines, each with its end
 * @param output the lines of the block {@code text} directly after it
 */
record CodeBlock(int line, String info, String code, Optional<String> output) {
    private static final String NEEDS = "needs=";

    /** The first word of the info string; empty if there is none. */
    String language() {
        return info.split(" ", 2)[0];
    }

    boolean isCommands() {
        return language().equals("sh");
    }

    /** Why no test can run it. */
    Optional<String> needs() {
        String rest = info.substring(language().length()).strip();
        return rest.startsWith(NEEDS) ? Optional.of(rest.substring(NEEDS.length())) : Optional.empty();
    }

    /** Whether the last line of {@code printed} is that of the output of the page, in which {@code ...} is any text. */
    boolean isOutput(String printed) {
        return output.isEmpty() || lastLine(printed).matches(pattern(lastLine(output.get())));
    }

    /** Whether its output is that of a command that may still run at the end of the block. */
    boolean hasRacingOutput() {
        return output.isPresent() && lastLine(code).endsWith(" &");
    }

    private static String pattern(String line) {
        String[] parts = line.split("\\.\\.\\.", -1);
        StringBuilder pattern = new StringBuilder(Pattern.quote(parts[0]));
        for (int i = 1; i < parts.length; i++) {
            pattern.append(".*").append(Pattern.quote(parts[i]));
        }
        return pattern.toString();
    }

    /** The last line that is not blank, without the space at its end. */
    static String lastLine(String text) {
        return text.lines()
                .map(String::stripTrailing)
                .filter(line -> !line.isEmpty())
                .reduce("", (before, line) -> line);
    }
}
