package dev.stampede.systemtests.documentation;

import static dev.stampede.stamps.DocumentationPages.REPOSITORY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stampede.stamps.DocumentationPages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Runs the commands of the tutorials and how-to guides as their reader does. {@code -Dstampede.page=how-to/classify.md} selects a
 * page. {@code target/documented-pages} keeps the folder of each page, with what each block printed, and the report.
 */
@Tag("documentation")
class DocumentedPagesSystemTest {
    private static final Path FOLDER = Path.of("target", "documented-pages");
    private static final Duration BUILD_TIMEOUT = Duration.ofMinutes(20);

    /** Twice the time from which a command of a page is marked {@code needs=hours}. */
    private static final Duration TIMEOUT = Duration.ofMinutes(6);

    private static final List<String> REPORT = new ArrayList<>();

    static List<String> pages() throws IOException {
        String selected = System.getProperty("stampede.page", "");
        Path docs = REPOSITORY.resolve("docs");
        List<String> pages = new ArrayList<>();
        for (String kind : List.of("tutorials", "how-to")) {
            for (Path file : DocumentationPages.below("docs/" + kind)) {
                String page = docs.relativize(file).toString();
                boolean isSelected = selected.isEmpty() || selected.equals(page);
                if (isSelected && commands(file).findAny().isPresent()) {
                    pages.add(page);
                }
            }
        }
        return pages;
    }

    private static Stream<CodeBlock> commands(Path file) throws IOException {
        return DocumentedPage.read(file).blocks().stream().filter(CodeBlock::isCommands);
    }

    /** So that the time of a page is without that of a build. */
    @BeforeAll
    static void buildAllCommands() throws IOException, InterruptedException {
        CodeBlock build = new CodeBlock(
                0, "sh", "for command in classify train bench; do ./stampede $command --help; done", Optional.empty());
        try (PageRun run = PageRun.in(FOLDER.resolve("build"))) {
            assertThat(run.run(build, BUILD_TIMEOUT)).isEmpty();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("pages")
    void everyCommandOfThePageRuns(String page) throws IOException, InterruptedException {
        List<String> notRun = new ArrayList<>();
        Optional<String> problem = Optional.empty();
        int count = 0;
        long start = System.nanoTime();
        try (PageRun run = PageRun.in(FOLDER.resolve(page.replaceAll("[/.]", "-")))) {
            for (CodeBlock block :
                    commands(REPOSITORY.resolve("docs").resolve(page)).toList()) {
                if (block.needs().isPresent()) {
                    notRun.add(block.needs().get());
                } else if (problem.isEmpty()) { // later blocks depend on earlier ones
                    problem = run.run(block, TIMEOUT);
                    count++;
                }
            }
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        REPORT.add(String.format(
                Locale.ROOT,
                "%s: %d blocks run in %.1f s, %d not run%s%s",
                page,
                count,
                seconds,
                notRun.size(),
                notRun.isEmpty() ? "" : " (needs " + String.join(", ", notRun) + ")",
                problem.isEmpty()
                        ? ""
                        : ", FAILED at " + problem.get().lines().findFirst().orElseThrow()));
        assertThat(problem).as(page).isEmpty();
    }

    @AfterAll
    static void report() throws IOException {
        Files.write(FOLDER.resolve("report.txt"), REPORT);
        REPORT.forEach(System.out::println);
    }
}
