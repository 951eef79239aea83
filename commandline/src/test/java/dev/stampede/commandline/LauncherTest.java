package dev.stampede.commandline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The launchers, in a tree with a Maven and a Java that only record their calls. */
@Tag("slow")
class LauncherTest {
    private static final Path REPOSITORY = Path.of("..");
    private static final List<String> TOOLS = List.of(
            "bash",
            "sh",
            "cat",
            "sed",
            "grep",
            "find",
            "head",
            "tail",
            "tee",
            "touch",
            "mv",
            "mkdir",
            "dirname",
            "readlink",
            "ln",
            "rm",
            "sleep",
            "awk",
            "uname",
            "wc");

    @TempDir
    private Path folder;

    private Path tree;

    private record Result(int exitCode, String out, String err) {}

    private record Running(Process process, Path out, Path err) {
        Result await() throws IOException, InterruptedException {
            assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
            return new Result(process.exitValue(), Files.readString(out), Files.readString(err));
        }
    }

    @BeforeEach
    void makeTree() throws IOException {
        tree = Files.createDirectories(folder.resolve("tree with space é"));
        for (String file : List.of("stampede", "deploy/dist/launch.sh", "deploy/dist/commands.txt")) {
            Files.createDirectories(tree.resolve(file).getParent());
            Files.copy(REPOSITORY.resolve(file), tree.resolve(file));
        }
        write(tree.resolve("stampede"), Files.readString(REPOSITORY.resolve("stampede")));
        write(tree.resolve("mvnw"), """
                #!/bin/sh
                if [ -e building ]; then echo overlap >>builds; fi
                touch building
                echo "$*" >>builds
                echo '[INFO] Building Stampede 0.1.0-SNAPSHOT                    [1/2]'
                echo '[INFO] Building stampede-stamps 0.1.0-SNAPSHOT             [2/2]'
                sleep "${BUILD_SECONDS:-0}"
                rm building
                """);
        write(folder.resolve("jdk/bin/java"), """
                #!/bin/sh
                printf '%s\\n' "LC_ALL=${LC_ALL:-}" "$@"
                """);
        for (String file : List.of("pom.xml", "stamps/src/main/A.java", "streaming/src/main/B.java", "docs/page.md")) {
            write(tree.resolve(file), "");
        }
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    private Running start(Path launcher, Map<String, String> environment, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(launcher.toString()));
        command.addAll(List.of(arguments));
        Path out = Files.createTempFile(folder, "out", "");
        Path err = Files.createTempFile(folder, "err", "");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().put("JAVA_HOME", folder.resolve("jdk").toString());
        builder.environment().putAll(environment);
        return new Running(builder.start(), out, err);
    }

    private Result run(String... arguments) throws IOException, InterruptedException {
        return run(Map.of(), arguments);
    }

    private Result run(Map<String, String> environment, String... arguments) throws IOException, InterruptedException {
        return start(tree.resolve("stampede"), environment, arguments).await();
    }

    private List<String> builds() throws IOException {
        return Files.readAllLines(tree.resolve("builds"));
    }

    /** A PATH with the tools that the launcher uses, but without flock. */
    private Map<String, String> withoutFlock() throws IOException {
        Path bin = Files.createDirectories(folder.resolve("bin"));
        for (String tool : TOOLS) {
            for (String place : List.of("/usr/bin", "/bin")) {
                Path program = Path.of(place, tool);
                if (Files.exists(program) && !Files.exists(bin.resolve(tool))) {
                    write(bin.resolve(tool), "#!/bin/sh\nexec " + program + " \"$@\"\n");
                }
            }
        }
        return Map.of("PATH", bin.toString());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aSecondCommandWaitsForTheBuildOfTheFirst(boolean withFlock) throws Exception {
        Map<String, String> environment = new HashMap<>(withFlock ? Map.of() : withoutFlock());
        environment.put("BUILD_SECONDS", "0.5");
        Running first = start(tree.resolve("stampede"), environment, "classify", "x.npy");
        while (!Files.exists(tree.resolve("building"))) {
            Thread.sleep(5);
        }
        Result other = start(tree.resolve("stampede"), environment, "evaluate").await();
        Result same = start(tree.resolve("stampede"), environment, "inspect").await();

        assertThat(first.await().out()).contains("StampedeCommands", "classify");
        assertThat(other.err()).contains("Waiting for another command, which builds streaming...");
        assertThat(other.out()).contains("TrainingCommands", "evaluate");
        assertThat(same.exitCode()).isZero();
        assertThat(builds())
                .containsExactly("-B -pl streaming -am -DskipTests package", "-B -pl training -am -DskipTests package");
        assertThat(tree.resolve("target/build.lock.pid")).doesNotExist();
    }

    @Test
    void takesTheLockOfAProcessThatHasEnded() throws Exception {
        Process ended = new ProcessBuilder("true").start();
        ended.waitFor();
        Files.createDirectories(tree.resolve("target"));
        Files.createSymbolicLink(tree.resolve("target/build.lock.pid"), Path.of(String.valueOf(ended.pid())));

        Result result = run(withoutFlock(), "classify");

        assertThat(result.exitCode()).isZero();
        assertThat(builds()).hasSize(1);
    }

    @Test
    void buildsAgainOnlyIfASourceOfTheModuleChanged() throws Exception {
        assertThat(run("classify").exitCode()).isZero();
        change("docs/page.md");
        change("deploy/dist/launch.sh");
        change("streaming/src/test/BTest.java");
        change("training/src/main/C.java");
        assertThat(run("classify").exitCode()).isZero();
        assertThat(builds()).hasSize(1);

        for (String source : List.of("streaming/src/main/B.java", "stamps/src/main/A.java", "pom.xml")) {
            markAsBuilt(Instant.now());
            change(source);
            assertThat(run("classify").exitCode()).isZero();
        }
        assertThat(builds()).hasSize(4);
    }

    /** Makes a file newer than any build. */
    private void change(String name) throws IOException {
        Path file = tree.resolve(name);
        if (!Files.exists(file)) {
            write(file, "");
        }
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().plus(Duration.ofMinutes(1))));
    }

    /** Sets the time of the last build of streaming, and an earlier one for all sources. */
    private void markAsBuilt(Instant time) throws IOException {
        for (String source : List.of("pom.xml", "stamps/src/main/A.java", "streaming/src/main/B.java")) {
            Files.setLastModifiedTime(tree.resolve(source), FileTime.from(time.minus(Duration.ofMinutes(1))));
        }
        Path built = tree.resolve("streaming/target/built");
        write(built, "");
        Files.setLastModifiedTime(built, FileTime.from(time));
    }

    @Test
    void worksThroughAChainOfLinks() throws Exception {
        markAsBuilt(Instant.now());
        Path links = Files.createDirectories(folder.resolve("links"));
        Files.createSymbolicLink(links.resolve("absolute"), tree.resolve("stampede"));
        Files.createSymbolicLink(folder.resolve("relative"), Path.of("links/absolute"));

        Result result = start(folder.resolve("relative"), Map.of(), "models").await();

        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(result.out()).contains("streaming/target/classes");
    }

    @Test
    void showsEachModuleThatItBuilds() throws Exception {
        Result result = run("classify");

        assertThat(result.err().lines().map(line -> line.replaceAll("\\d+ s$", "S s")))
                .containsExactly("Building Stampede (1 of 2), S s", "Building stampede-stamps (2 of 2), S s");
    }

    @Test
    void announcesADownloadOnlyIfThereIsOne() throws Exception {
        String maven = Files.readString(tree.resolve("mvnw"));
        write(tree.resolve("mvnw"), maven + "echo '[INFO] Downloading from central: https://repo/x.jar'\n");

        assertThat(run("classify").err()).contains("stampede-stamps (2 of 2); the first time it fetches libraries");
    }

    @Test
    void namesTheStepThatFailed() throws Exception {
        write(tree.resolve("mvnw"), """
                #!/bin/sh
                echo '[ERROR] /x/A.java:[3,5] cannot find symbol'
                echo '[ERROR] Failed to execute goal org.apache.maven.plugins:maven-compiler-plugin:3.16.0:compile \
                (default-compile) on project stampede-stamps: Compilation failure'
                echo '[ERROR] -> [Help 1]'
                exit 1
                """);

        Result result = run("classify");

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.out()).isEmpty();
        assertThat(result.err())
                .contains(
                        "The build failed in stampede-stamps, step compile of maven-compiler-plugin. The end of ",
                        "cannot find symbol")
                .doesNotContain("[Help 1]");
        assertThat(run("classify").exitCode()).isEqualTo(1);
    }

    @Test
    void refusesInOneSentenceToBuildWhereItCannotWrite() throws Exception {
        Files.createFile(tree.resolve("target"));

        Result result = run("classify");

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err().lines()).singleElement().asString().contains("cannot be written");
    }

    /** A Java that writes the lists and the archives of classes that it is asked for. */
    private Path archivingJava(String dump) throws IOException {
        write(folder.resolve("jdk/release"), "17");
        write(tree.resolve("streaming/target/stampede-streaming-1.jar"), "");
        write(tree.resolve("streaming/target/stampede-streaming-1-tests.jar"), "");
        write(tree.resolve("streaming/target/lib/a.jar"), "");
        write(tree.resolve("streaming/target/lib/stampede-stamps-1.jar"), "");
        write(folder.resolve("jdk/bin/java"), """
                #!/bin/sh
                for option in "$@"; do
                  case "$option" in
                    -XX:DumpLoadedClassList=*) echo A >"${option#*=}"; exit ;;
                    -XX:SharedArchiveFile=*) archive=${option#*=} ;;
                    -Xshare:dump) dump=yes ;;
                  esac
                done
                if [ -n "${dump:-}" ]; then %s; exit; fi
                printf '%%s\\n' "$@"
                """.formatted(dump));
        markAsBuilt(Instant.now().minus(Duration.ofHours(1)));
        return tree.resolve(
                "streaming/target/classes" + folder.resolve("jdk").toString().replace('/', '-') + ".jsa");
    }

    @Test
    void archivesTheClassesAgainOnlyIfAJarOrJavaChanged() throws Exception {
        Path archive = archivingJava("echo archive >\"$archive\"");

        Result first = run("classify");
        assertThat(first.err()).startsWith("Creating the CDS archive");
        assertThat(first.out())
                .contains("-XX:SharedArchiveFile=" + archive + "\n")
                .contains("-cp\n" + tree.resolve("streaming/target/stampede-streaming-1.jar") + ":"
                        + tree.resolve("streaming/target/lib/stampede-stamps-1.jar") + ":"
                        + tree.resolve("streaming/target/lib/a.jar") + "\n");
        assertThat(run("classify").err()).isEmpty();

        Files.setLastModifiedTime(archive, FileTime.from(Instant.now().minus(Duration.ofDays(1))));
        assertThat(run("classify").err()).as("a newer jar").startsWith("Creating the CDS archive");
        write(folder.resolve("jdk/release"), "17.0.1");
        assertThat(run("classify").err()).as("another Java at this path").startsWith("Creating the CDS archive");
        assertThat(run("classify").err()).isEmpty();
    }

    @Test
    void runsWithoutAnArchiveThatCannotBeWritten() throws Exception {
        archivingJava("echo broken >&2; false");

        Result first = run("classify");
        assertThat(first.err()).contains("Cannot create the CDS archive", "commands start more slowly");
        assertThat(first.out()).contains("classify").doesNotContain("SharedArchiveFile");
        assertThat(run("classify").err()).as("it is not tried again").isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"--version", "-V"})
    void passesTheVersionOptionOn(String option) throws Exception {
        markAsBuilt(Instant.now());
        assertThat(run(option).out().lines()).last().isEqualTo(option);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "LC_ALL=C | C.UTF-8",
                "LC_ALL=POSIX | C.UTF-8",
                "LC_ALL=de_DE.UTF-8 | de_DE.UTF-8",
                "LC_ALL=;LANG=C | C.UTF-8",
                "LC_ALL=;LC_CTYPE=;LANG=de_DE.UTF-8 | ''"
            })
    void replacesALocaleWithoutUnicode(String environment, String expected) throws Exception {
        markAsBuilt(Instant.now());
        Map<String, String> variables = new HashMap<>();
        for (String variable : environment.split(";", -1)) {
            String[] parts = variable.split("=", -1);
            variables.put(parts[0], parts[1]);
        }

        assertThat(run(variables, "classify", "é.npy").out()).contains("LC_ALL=" + expected + "\n", "é.npy");
    }

    @ParameterizedTest
    @CsvSource({"clasify, classify", "tial, tail", "set-drift, ''", "qqqqqq, ''"})
    void suggestsTheNearestCommand(String written, String nearest) throws Exception {
        Result result = run(written);

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err().lines()).hasSize(1);
        if (nearest.isEmpty()) {
            assertThat(result.err())
                    .startsWith("There is no command '" + written + "'")
                    .contains("--help");
        } else {
            assertThat(result.err())
                    .startsWith("There is no command '" + written + "': did you mean '" + nearest + "'?");
        }
    }

    @Test
    void refusesTrainingWhereItHasNoNativeLibrary() throws Exception {
        markAsBuilt(Instant.now());
        Map<String, String> riscv = Map.of("PATH", fake("uname", "echo riscv64") + ":" + System.getenv("PATH"));

        Result result = run(riscv, "train", "--help");

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err())
                .startsWith("train cannot run on ")
                .contains("Linux (x86-64 with AVX2, ARM64) and macOS (ARM64) only");
        assertThat(run(riscv, "classify").exitCode()).isZero();
    }

    /** A folder with one program. */
    private Path fake(String name, String script) throws IOException {
        write(folder.resolve("fake").resolve(name), "#!/bin/sh\n" + script + "\n");
        return folder.resolve("fake");
    }

    /** A distribution without libraries. */
    private Path distribution() throws IOException {
        Path distribution = folder.resolve("stampede-1");
        write(distribution.resolve("bin/stampede"), Files.readString(REPOSITORY.resolve("deploy/dist/stampede")));
        for (String file : List.of("launch.sh", "commands.txt")) {
            write(
                    distribution.resolve("lib").resolve(file),
                    Files.readString(REPOSITORY.resolve("deploy/dist/" + file)));
        }
        return distribution;
    }

    @Test
    void theDistributionRunsItsOwnJavaWithItsArchiveOfClassesAndASortedClassPath() throws Exception {
        Path distribution = distribution();
        Path launcher = distribution.resolve("bin/stampede");
        write(distribution.resolve("jre/bin/java"), "#!/bin/sh\necho own java \"$@\"\n");
        write(distribution.resolve("lib/b.jar"), "");
        write(distribution.resolve("lib/a.jar"), "");
        String classpath = "-cp " + distribution.resolve("lib/a.jar") + ":" + distribution.resolve("lib/b.jar") + " ";

        assertThat(start(launcher, Map.of(), "classify").await().out())
                .startsWith("own java ")
                .contains(classpath)
                .doesNotContain("SharedArchiveFile");

        write(distribution.resolve("lib/classes.jsa"), "classes");
        assertThat(start(launcher, Map.of(), "classify").await().out())
                .contains("-XX:SharedArchiveFile=" + distribution.resolve("lib/classes.jsa"), classpath);
        assertThat(start(launcher, Map.of("STAMPEDE_JAVA_OPTIONS", "-Xshare:off -Xmx1g"), "classify")
                        .await()
                        .out())
                .as("of two values Java takes the last")
                .containsSubsequence("-XX:SharedArchiveFile", "-Xlog:cds*=off", "-Xshare:off -Xmx1g -cp");
        assertThat(start(launcher, Map.of(), "stream").await().out()).contains("-XX:+UseParallelGC");
        assertThat(start(launcher, Map.of("STAMPEDE_JAVA_OPTIONS", "-XX:+UseZGC"), "stream")
                        .await()
                        .out())
                .as("a JVM with two collectors does not start")
                .contains("-XX:+UseZGC")
                .doesNotContain("UseParallelGC");
    }

    @Test
    void theDistributionHasItsCommandsAndRefusesTheOthers() throws Exception {
        Path distribution = distribution();
        Path launcher = Files.createSymbolicLink(folder.resolve("stampede"), distribution.resolve("bin/stampede"));

        assertThat(start(launcher, Map.of(), "--help").await().out())
                .contains("Topics:", "classify")
                .doesNotContain("evaluate");
        assertThat(start(launcher, Map.of(), "classify", "x").await().out())
                .contains("StampedeCommands", "-Dstampede.program=" + launcher);
        assertThat(start(launcher, Map.of(), "train").await().err())
                .startsWith("The command 'train' is not in this distribution");
        assertThat(start(launcher, Map.of(), "clasify").await().exitCode()).isEqualTo(2);
    }

    @Test
    void theGpuDistributionHasBenchAndFindsItsLibrariesOfCuda() throws Exception {
        Path distribution = distribution();
        Path launcher = distribution.resolve("bin/stampede");
        write(distribution.resolve("jre/bin/java"), "#!/bin/sh\necho \"$LD_LIBRARY_PATH\" \"$@\"\n");
        write(distribution.resolve("lib/stampede-training-1.jar"), "");
        write(distribution.resolve("lib/stampede-benchmarks-1.jar"), "");
        Files.createDirectory(distribution.resolve("lib/cuda"));

        assertThat(start(launcher, Map.of("LD_LIBRARY_PATH", "/own"), "bench", "gpu")
                        .await()
                        .out())
                .startsWith(distribution.resolve("lib/cuda") + ":/own ")
                .contains("dev.stampede.benchmarks.command.BenchCommands bench gpu");
    }

    @Test
    void theTrainingDistributionHasTheCommandsOfTrainingToo() throws Exception {
        Path distribution = distribution();
        Path launcher = distribution.resolve("bin/stampede");
        write(distribution.resolve("jre/bin/java"), "#!/bin/sh\necho own java \"$@\"\n");
        write(distribution.resolve("lib/stampede-training-1.jar"), "");

        assertThat(start(launcher, Map.of(), "--help").await().out())
                .contains("classify", "evaluate", "retraining-job")
                .doesNotContain("bench");
        assertThat(start(launcher, Map.of(), "retraining-job", "x").await().out())
                .contains("dev.stampede.training.command.TrainingCommands retraining-job x");
        assertThat(start(launcher, Map.of(), "classify", "x").await().out())
                .contains("dev.stampede.streaming.command.StampedeCommands classify x");
        assertThat(start(launcher, Map.of(), "bench").await().err())
                .startsWith("The command 'bench' is not in this distribution");
    }
}
