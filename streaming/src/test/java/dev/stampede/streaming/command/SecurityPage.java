package dev.stampede.streaming.command;

import dev.stampede.streaming.kafka.AccessRight;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.utils.SecurityUtils;

/** The tables of rights in docs/reference/kafka-permissions.md. */
final class SecurityPage {
    private static final Path PAGE = Path.of("../docs/reference/kafka-permissions.md");
    private static final Pattern ROW =
            Pattern.compile("\\| (topic|group|transactional id) \\| `([^`]+)` \\| ([A-Za-z]+) \\|");

    private SecurityPage() {}

    /** The rights of the table that is marked so; there is one at least. */
    static List<AccessRight> rights(String mark) {
        String page;
        try {
            page = Files.readString(PAGE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String start = "<!-- rights: " + mark + " -->\n";
        int begin = page.indexOf(start);
        if (begin < 0) {
            throw new IllegalArgumentException("docs/reference/kafka-permissions.md has no table " + mark);
        }
        int end = page.indexOf("\n\n", begin);
        return ROW.matcher(page.substring(begin, end))
                .results()
                .map(row -> right(row.group(1), row.group(2), row.group(3)))
                .toList();
    }

    private static AccessRight right(String resource, String name, String operation) {
        return new AccessRight(
                ResourceType.valueOf(resource.toUpperCase(Locale.ROOT).replace(' ', '_')),
                name,
                SecurityUtils.operation(operation));
    }
}
