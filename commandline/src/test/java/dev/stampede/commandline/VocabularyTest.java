package dev.stampede.commandline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Counts non-standard terms in the main sources and the documentation; docs/decisions/0009-vocabulary.md has the
 * glossary. {@code -Dvocabulary.paths=docs,README.md} restricts the paths, relative to the repository.
 */
class VocabularyTest {
    private static final double MAX_PER_10_000_LINES = 1;

    /** Main sources with their text resources, and documentation. */
    private static final Pattern CHECKED =
            Pattern.compile("\\w+/src/main/.+\\.(java|avsc|yaml|xml|html|js|css|properties)|[A-Z]+\\.md|docs/.+\\.md");

    /** Folders whose content is generated or not part of the repository. */
    private static final List<String> SKIPPED_FOLDERS = List.of("target", ".git", "shared", "node_modules");

    /** Where a camel-case identifier is split. */
    private static final Pattern HUMP = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|_");

    /** The target of a Markdown link: the name of a file, which is not prose. */
    private static final Pattern LINK_TARGET = Pattern.compile("(?<=\\])\\([^)\\s]*\\)");

    /** Technical uses: the stripped line, and the reason. */
    private static final Map<String, String> ALLOWED = Map.of(
            "| `--patience` | 0 | early stopping after this number of epochs without a lower validation loss; 0 disables it |",
            "the established name of this hyperparameter",
            "names = \"--patience\",",
            "the same option");

    private static final List<Term> TERMS = List.of(
            new Term("said", "said"),
            new Term("words", "words"),
            new Term("demand", "(?<!on )demand(s|ed)?"), // "on demand" is a standard term
            new Term("at most", "at most"),
            new Term("where there is", "where (there|it) is|where (there|they) are"),
            new Term("beside", "besides?"),
            new Term("patience", "patience"),
            new Term("greatest", "greatest"),
            new Term("told, tells", "told|tells"),
            new Term("of its own", "of (its|their|our) own"),
            new Term("mend, anew, whoever, nobody", "mend(s|ed)?|anew|whoever|nobody"));

    private static final List<Line> LINES = new ArrayList<>();

    private record Term(String name, Pattern pattern) {
        Term(String name, String expression) {
            this(name, Pattern.compile("(?<![a-z])(?:" + expression + ")(?![a-z])"));
        }

        long count(Line line) {
            return pattern.matcher(line.normalised()).results().count();
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /** @param normalised lower-case text with identifiers split, without link targets */
    private record Line(String place, String text, String normalised) {
        static Line of(String place, String text) {
            String prose = LINK_TARGET.matcher(text).replaceAll("");
            return new Line(place, text, HUMP.matcher(prose).replaceAll(" ").toLowerCase(Locale.ROOT));
        }
    }

    @BeforeAll
    static void readLines() throws IOException {
        Path root = root();
        for (Path file : files(root)) {
            List<String> text = Files.readAllLines(file);
            for (int i = 0; i < text.size(); i++) {
                LINES.add(Line.of(
                        root.relativize(file) + ":" + (i + 1), text.get(i).strip()));
            }
        }
    }

    private static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("mvnw"))) {
            folder = Objects.requireNonNull(folder.getParent(), "no folder above holds mvnw");
        }
        return folder;
    }

    private static List<Path> files(Path root) throws IOException {
        List<Path> starts = Stream.of(System.getProperty("vocabulary.paths", "").split(",", -1))
                .map(root::resolve)
                .toList();
        List<Path> files = new ArrayList<>();
        for (Path start : starts) {
            collect(start, root, files);
        }
        return files;
    }

    private static void collect(Path path, Path root, List<Path> files) throws IOException {
        if (Files.isDirectory(path)) {
            if (SKIPPED_FOLDERS.stream().anyMatch(path::endsWith)) {
                return;
            }
            try (Stream<Path> children = Files.list(path)) {
                for (Path child : children.sorted().toList()) {
                    collect(child, root, files);
                }
            }
        } else if (CHECKED.matcher(root.relativize(path).toString().replace('\\', '/'))
                .matches()) {
            files.add(path);
        }
    }

    static List<Term> terms() {
        return TERMS;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("terms")
    void isRare(Term term) {
        List<Line> hits = LINES.stream()
                .filter(line -> !ALLOWED.containsKey(line.text()))
                .filter(line -> term.count(line) > 0)
                .toList();
        long count = hits.stream().mapToLong(line -> term.count(line)).sum();
        assertThat(LINES).isNotEmpty();
        assertThat(count * 10_000.0 / LINES.size())
                .as(() -> "occurrences of '" + term + "' per 10,000 lines in:\n"
                        + String.join(
                                "\n",
                                hits.stream()
                                        .map(line -> line.place() + ": " + line.text())
                                        .toList()))
                .isLessThanOrEqualTo(MAX_PER_10_000_LINES);
    }

    @Test
    void splitsIdentifiersAndIgnoresFileNames() {
        assertThat(count("demand", "Checks.demandFit(MAX_DEMAND); // it demands, on demand, undemanding"))
                .isEqualTo(3);
        assertThat(count("demand", "[page](0006-the-demand.md)")).isZero();
        assertThat(count("at most", "countAtMost(AT_MOST)")).isEqualTo(2);
    }

    private static long count(String name, String text) {
        Term term = TERMS.stream()
                .filter(candidate -> candidate.name().equals(name))
                .findFirst()
                .orElseThrow();
        return term.count(Line.of("", text));
    }
}
