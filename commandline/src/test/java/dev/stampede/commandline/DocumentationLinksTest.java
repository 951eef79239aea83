package dev.stampede.commandline;

import static dev.stampede.stamps.DocumentationPages.REPOSITORY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stampede.stamps.DocumentationPages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.commonmark.ext.heading.anchor.HeadingAnchorExtension;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The links between the pages, as GitHub resolves them: relative to the page, with an anchor for each heading. */
class DocumentationLinksTest {
    private static final Parser PARSER = Parser.builder().build();
    private static final HtmlRenderer RENDERER = HtmlRenderer.builder()
            .extensions(List.of(HeadingAnchorExtension.create()))
            .build();
    private static final Pattern LINK = Pattern.compile("\\s(?:href|src)=\"([^\"]*)\"");
    private static final Pattern ANCHOR = Pattern.compile("\\s(?:id|name)=\"([^\"]*)\"");
    private static final Pattern SCHEME = Pattern.compile("[a-z]+:.*");

    private final Map<Path, Page> pages = new HashMap<>();

    /** @param links the targets of its links and images, in their order */
    private record Page(Path file, Set<String> anchors, List<String> links) {
        static Page read(Path file) throws IOException {
            String html = RENDERER.render(PARSER.parse(Files.readString(file)));
            return new Page(
                    file,
                    attributes(ANCHOR, html).collect(Collectors.toUnmodifiableSet()),
                    attributes(LINK, html).toList());
        }

        private static Stream<String> attributes(Pattern pattern, String html) {
            return pattern.matcher(html)
                    .results()
                    .map(result -> result.group(1).replace("&amp;", "&").replace("%20", " "));
        }

        /** The files of the repository that it links to. */
        List<Path> files() {
            return links.stream()
                    .filter(link -> !SCHEME.matcher(link).matches() && !link.startsWith("#"))
                    .map(link ->
                            file.resolveSibling(link.replaceFirst("#.*", "")).normalize())
                    .toList();
        }
    }

    private Page page(Path file) throws IOException {
        Page page = pages.get(file);
        if (page == null) {
            page = Page.read(file);
            pages.put(file, page);
        }
        return page;
    }

    /** Why a link of a page leads nowhere; empty if it does not. */
    private Optional<String> problem(Path file, String link) throws IOException {
        if (SCHEME.matcher(link).matches()) {
            return Optional.empty();
        }
        int hash = link.indexOf('#');
        String path = hash < 0 ? link : link.substring(0, hash);
        Path target = path.isEmpty() ? file : file.resolveSibling(path).normalize();
        if (path.startsWith("/") || !Files.exists(target)) {
            return Optional.of(file + " links to " + link + ": no such file");
        }
        boolean isAnchorOfPage = hash >= 0 && target.toString().endsWith(".md");
        if (isAnchorOfPage && !page(target).anchors().contains(link.substring(hash + 1))) {
            return Optional.of(file + " links to " + link + ": " + target + " has no such heading");
        }
        return Optional.empty();
    }

    private List<String> problems(Path file) throws IOException {
        List<String> problems = new ArrayList<>();
        for (String link : page(file).links()) {
            problem(file, link).ifPresent(problems::add);
        }
        return problems;
    }

    @Test
    void everyLinkLeadsToAFileAndAHeadingThatExist() throws IOException {
        List<String> problems = new ArrayList<>();
        int count = 0;
        for (Path file : DocumentationPages.all()) {
            problems.addAll(problems(file));
            count += page(file).links().size();
        }
        assertThat(problems).isEmpty();
        assertThat(count).isGreaterThan(300);
    }

    @Test
    void findsDeadLinksButNotInCode(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("other.md"), "# S/N of `stamps`: 8\n\n## Results\n\n## Results\n");
        Path file = Files.writeString(folder.resolve("page.md"), """
                [a](other.md#sn-of-stamps-8) [b](other.md#results-1) [c](#here) <a id="here"></a> `[d](absent.md)`
                [e](other.md#results-2)
                [f](absent.md)
                ![g](/other.md)

                ```
                [h](absent.md)
                ```
                """);

        assertThat(problems(file))
                .satisfiesExactly(
                        first -> assertThat(first).endsWith("other.md has no such heading"),
                        second -> assertThat(second).contains("absent.md: no such file"),
                        third -> assertThat(third).contains("/other.md: no such file"));
    }

    @Test
    void theDocumentationThatIsShippedLinksToWhatIsShipped() throws IOException {
        List<Path> shipped = Stream.of("docs", "examples", "schemas/topics", "CHANGELOG.md")
                .map(path -> REPOSITORY.resolve(path).normalize())
                .toList();
        for (Path file : DocumentationPages.below("docs")) {
            assertThat(page(file).files())
                    .as("links of " + file)
                    .allMatch(target -> shipped.stream().anyMatch(target::startsWith));
        }
    }

    @Test
    void theReadmeOfTheDistributionLinksToWhatTheDistributionHas() throws IOException {
        Path readme = REPOSITORY.resolve("deploy/dist/README.md");
        String assembly = Files.readString(REPOSITORY.resolve("deploy/dist/assembly.xml"));
        List<String> links = page(readme).links();

        assertThat(links).hasSizeGreaterThan(10).allSatisfy(link -> {
            if (link.startsWith("docs/")) { // the distribution has them next to this page
                assertThat(problem(REPOSITORY.resolve("README.md"), link)).isEmpty();
            } else {
                assertThat(assembly).containsPattern("/" + Pattern.quote(link) + "</source><outputDirectory>\\.<");
            }
        });
        assertThat(Files.readString(readme)).doesNotContain("./mvnw");
    }
}
