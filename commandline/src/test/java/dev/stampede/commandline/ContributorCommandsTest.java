package dev.stampede.commandline;

import static dev.stampede.stamps.DocumentationPages.REPOSITORY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stampede.stamps.DocumentationPages;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The commands that the documentation gives to contributors, and the README of the distribution. */
class ContributorCommandsTest {
    private static final Pattern TEST_CLASS = Pattern.compile("\\.ci/test (\\w+) (\\w+)|-Dtest=(\\w+)");

    @Test
    void everyTestClassThatIsNamedExists() throws IOException {
        List<String> missing = new ArrayList<>();
        int named = 0;
        List<Path> pages = new ArrayList<>(DocumentationPages.all());
        pages.add(REPOSITORY.resolve(".ci/test"));
        for (Path page : pages) {
            Matcher matcher = TEST_CLASS.matcher(Files.readString(page));
            while (matcher.find()) {
                String module = matcher.group(1) == null ? "" : matcher.group(1);
                String name = matcher.group(1) == null ? matcher.group(3) : matcher.group(2);
                if (name.equals("CLASS")) {
                    continue; // a placeholder
                }
                named++;
                if (!exists(module, name)) {
                    missing.add(page + ": " + matcher.group());
                }
            }
        }
        assertThat(named).isPositive();
        assertThat(missing).isEmpty();
    }

    private static boolean exists(String module, String name) throws IOException {
        try (Stream<Path> modules = Files.list(REPOSITORY)) {
            for (Path folder : modules.toList()) {
                Path tests = folder.resolve("src/test/java");
                if (Files.isDirectory(tests) && (module.isEmpty() || folder.endsWith(module))) {
                    try (Stream<Path> files = Files.walk(tests)) {
                        if (files.anyMatch(file -> file.endsWith(name + ".java"))) {
                            return true;
                        }
                    }
                }
            }
        }
        return false;
    }

    @ParameterizedTest
    @CsvSource({"true, 0", "false, 1"})
    void theTestScriptFailsIfNoTestRan(boolean runs, int exitCode, @TempDir Path tree) throws Exception {
        Path script = Files.createDirectories(tree.resolve(".ci")).resolve("test");
        Files.copy(REPOSITORY.resolve(".ci/test"), script);
        String report = "stamps/target/surefire-reports/TEST-NpyArrayTest.xml";
        Path maven = Files.writeString(
                tree.resolve("mvnw"),
                "#!/bin/sh\nmkdir -p stamps/target/surefire-reports\nsleep 0.02\n" + (runs ? "touch " + report : ""));
        assertThat(maven.toFile().setExecutable(true)).isTrue();

        Process process = new ProcessBuilder("bash", script.toString(), "stamps", "NpyArrayTest")
                .redirectErrorStream(true)
                .start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).isEqualTo(exitCode);
        assertThat(out).isEqualTo(runs ? "" : "No test ran: stamps has no test NpyArrayTest.\n");
    }

    @Test
    void theReadmeOfTheDistributionListsTheFoldersAsTheDocumentationDoes() throws IOException {
        List<String> folders = table(REPOSITORY.resolve("docs/reference/deployment-files.md"), "| folder | content |");

        assertThat(folders).hasSizeGreaterThan(5);
        assertThat(table(REPOSITORY.resolve("deploy/dist/README.md"), "| folder | content |"))
                .isEqualTo(folders);
    }

    /** The lines of a table, from its header on. */
    private static List<String> table(Path page, String header) throws IOException {
        return Files.readAllLines(page).stream()
                .dropWhile(line -> !line.equals(header))
                .takeWhile(line -> line.startsWith("|"))
                .toList();
    }
}
