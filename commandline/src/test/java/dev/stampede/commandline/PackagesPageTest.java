package dev.stampede.commandline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The page of the packages names those that there are. */
class PackagesPageTest {
    private static final Path ROOT = Path.of("..");
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");

    private static List<String> packages(String module) throws IOException {
        Path source = ROOT.resolve(module).resolve("src/main/java/dev/stampede").resolve(module);
        try (Stream<Path> files = Files.walk(source)) {
            return files.filter(file -> file.endsWith("package-info.java"))
                    .map(file -> source.relativize(file.getParent()).toString().replace('/', '.'))
                    .filter(name -> !name.isEmpty())
                    .toList();
        }
    }

    private static String section(String module) throws IOException {
        String page = Files.readString(ROOT.resolve("docs/reference/packages.md"));
        String begin = page.substring(page.indexOf("## Packages of " + module + "\n") + 1);
        int end = begin.indexOf("\n## ");
        return end < 0 ? begin : begin.substring(0, end);
    }

    private static List<String> code(String text) {
        return CODE.matcher(text).results().map(match -> match.group(1)).toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"stamps", "training", "streaming"})
    void namesEachPackageAndNoOther(String module) throws IOException {
        List<String> packages = packages(module);
        String section = section(module);
        List<String> rows = section.lines()
                .filter(line -> line.startsWith("| `"))
                .flatMap(line -> code(line.split("\\|", -1)[1]).stream())
                .toList();

        assertThat(code(section)).containsAll(packages);
        assertThat(packages).hasSizeGreaterThan(10).containsAll(rows);
    }
}
