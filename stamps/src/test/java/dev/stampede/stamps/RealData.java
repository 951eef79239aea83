package dev.stampede.stamps;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Public survey data next to the repository, never inside it. */
public final class RealData {
    private RealData() {}

    /** The folder {@code shared/data/name} next to the repository, which the running test requires. */
    public static Path folder(String name) {
        Optional<Path> folder = Stream.iterate(Path.of("").toAbsolutePath(), Objects::nonNull, Path::getParent)
                .map(parent -> parent.resolve("shared/data").resolve(name))
                .filter(Files::isDirectory)
                .findFirst();
        Requirement.require(folder.isPresent(), "there is no shared/data/" + name + " next to the repository");
        return folder.orElseThrow();
    }
}
