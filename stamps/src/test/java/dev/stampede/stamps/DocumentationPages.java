package dev.stampede.stamps;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The Markdown pages that users and contributors read in the repository. */
public final class DocumentationPages {
    /** The root of the repository, seen from the folder of a module, where its tests run. */
    public static final Path REPOSITORY = Path.of("..");

    private DocumentationPages() {}

    /** All pages, sorted: those of the root, of {@code docs} and of {@code examples}. */
    public static List<Path> all() throws IOException {
        List<Path> pages = new ArrayList<>();
        try (Stream<Path> root = Files.list(REPOSITORY)) {
            root.filter(DocumentationPages::isPage).sorted().forEach(pages::add);
        }
        pages.addAll(below("docs"));
        pages.addAll(below("examples"));
        return pages;
    }

    /** The pages in a folder of the repository and in its folders, sorted. */
    public static List<Path> below(String folder) throws IOException {
        try (Stream<Path> files = Files.walk(REPOSITORY.resolve(folder))) {
            return files.filter(DocumentationPages::isPage).sorted().toList();
        }
    }

    private static boolean isPage(Path file) {
        return file.toString().endsWith(".md");
    }
}
