package dev.stampede.systemtests.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PageRunTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    @TempDir
    private Path folder;

    private static CodeBlock block(int line, String code) {
        return new CodeBlock(line, "sh", code, Optional.empty());
    }

    @Test
    void aLaterBlockFindsTheFilesOfAnEarlierOneAndOfTheRepository() throws IOException, InterruptedException {
        try (PageRun run = PageRun.in(folder.resolve("page"))) {
            assertThat(run.run(block(1, "echo made >file"), TIMEOUT)).isEmpty();
            assertThat(run.run(
                            block(5, "grep made file\ntest -x stampede\ntest -x mvnw\ntest -d deploy/dist"), TIMEOUT))
                    .isEmpty();
        }
    }

    @Test
    void describesTheBlockThatFails() throws IOException, InterruptedException {
        try (PageRun run = PageRun.in(folder.resolve("page"))) {
            assertThat(run.run(block(7, "echo before\nfalse\necho after\n"), TIMEOUT))
                    .hasValue("line 7: ended with exit code 1\necho before\nfalse\necho after\nIt printed:\nbefore\n");
            assertThat(run.run(new CodeBlock(9, "sh", "echo 2 stamps", Optional.of("3 stamps\n")), TIMEOUT)
                            .orElseThrow())
                    .startsWith("line 9: should end with: 3 stamps\n");
            assertThat(run.run(block(12, "sleep 60"), Duration.ofMillis(100)).orElseThrow())
                    .startsWith("line 12: did not end within 0 s");
        }
    }

    @Test
    void aProgramInTheBackgroundEndsWithThePage() throws IOException, InterruptedException {
        ProcessHandle program;
        try (PageRun run = PageRun.in(folder.resolve("page"))) {
            assertThat(run.run(block(1, "sleep 60 &\necho $! >pid"), TIMEOUT)).isEmpty();
            String pid = Files.readString(folder.resolve("page/pid")).strip();
            program = ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
            assertThat(program.isAlive()).isTrue();
        }
        assertThat(program.onExit()).succeedsWithin(TIMEOUT);
    }
}
