package dev.stampede.stamps;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** Public survey data kept beside the repository, never inside it. */
public final class RealData {
    private RealData() {}

    /** The folder {@code shared/data/name} beside the repository; where there is none, the test is skipped. */
    public static Path folder(String name) {
        return Stream.iterate(Path.of("").toAbsolutePath(), Objects::nonNull, Path::getParent)
                .map(above -> above.resolve("shared/data").resolve(name))
                .filter(Files::isDirectory)
                .findFirst()
                .orElseGet(() -> Assumptions.abort("there is no shared/data/" + name + " beside the repository"));
    }
}
