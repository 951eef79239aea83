package dev.stampede.systemtests.connect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stampede.stamps.Requirement;
import dev.stampede.stamps.file.Folders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A PostgreSQL server of this machine's packages, with an empty database, on a free port. */
final class PostgresServer implements AutoCloseable {
    private static final Path VERSIONS = Path.of("/usr/lib/postgresql");
    private static final String USER = "stampede";
    private static final String DATABASE = "postgres";

    private final Path programs;
    private final Path folder;
    private final int port;

    private PostgresServer(Path programs, Path folder, int port) {
        this.programs = programs;
        this.folder = folder;
        this.port = port;
    }

    /** Starts a server; the running test requires one. */
    static PostgresServer start() throws IOException {
        Optional<Path> programs = programs();
        Requirement.require(programs.isPresent(), "there is no " + VERSIONS + "; Debian's package postgresql has it");
        Path folder = Files.createTempDirectory("postgres");
        if (isRoot()) { // the server refuses to run as root
            Files.setOwner(
                    folder,
                    folder.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("postgres"));
        }
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        PostgresServer server = new PostgresServer(programs.orElseThrow(), folder, port);
        boolean isStarted = false;
        try {
            server.run("initdb", "-D", server.data(), "-A", "trust", "-U", USER);
            String options = "-p " + port + " -k " + folder + " -c listen_addresses=127.0.0.1";
            String log = folder.resolve("log").toString();
            server.run("pg_ctl", "-D", server.data(), "-o", options, "-l", log, "-w", "start");
            isStarted = true;
            return server;
        } finally {
            if (!isStarted) {
                server.stop();
            }
        }
    }

    /** The folder of the newest installed version. */
    private static Optional<Path> programs() throws IOException {
        if (!Files.isDirectory(VERSIONS)) {
            return Optional.empty();
        }
        try (Stream<Path> versions = Files.list(VERSIONS)) {
            return versions.filter(version -> Files.isExecutable(version.resolve("bin/initdb")))
                    .max(Comparator.comparingInt(
                            version -> Integer.parseInt(version.getFileName().toString())))
                    .map(version -> version.resolve("bin"));
        }
    }

    private static boolean isRoot() {
        return System.getProperty("user.name").equals("root");
    }

    private String data() {
        return folder.resolve("data").toString();
    }

    /** The JDBC URL of its database, without the user. */
    String url() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + DATABASE;
    }

    /** The rows of a query, with a space between columns; none if it fails, as before a table exists. */
    List<String> rows(String query) {
        List<String> command = List.of(
                "psql",
                "-h",
                "127.0.0.1",
                "-p",
                String.valueOf(port),
                "-U",
                USER,
                "-At",
                "-F",
                " ",
                "-c",
                query,
                DATABASE);
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return new String(process.getInputStream().readAllBytes(), UTF_8)
                    .lines()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void run(String program, String... arguments) throws IOException {
        Path output = folder.resolve(program + ".out");
        int exitCode = exitCode(output, program, arguments);
        assertThat(exitCode).as("%s: %s", program, Files.readString(output)).isZero();
    }

    private int exitCode(Path output, String program, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        if (isRoot()) {
            command.addAll(List.of("runuser", "-u", "postgres", "--"));
        }
        command.add(programs.resolve(program).toString());
        command.addAll(List.of(arguments));
        try {
            return new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start()
                    .waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while " + program + " ran", e);
        }
    }

    /** Stops the server if it runs, and deletes its folder; returns whether it ran. */
    private boolean stop() throws IOException {
        try {
            Path output = folder.resolve("stop.out");
            return exitCode(output, "pg_ctl", "-D", data(), "-m", "immediate", "-w", "stop") == 0;
        } finally {
            Folders.delete(folder);
        }
    }

    @Override
    public void close() throws IOException {
        assertThat(stop()).as("the server ran until the end").isTrue();
    }
}
