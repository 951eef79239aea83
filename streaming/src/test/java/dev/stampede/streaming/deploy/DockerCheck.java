package dev.stampede.streaming.deploy;

import dev.stampede.streaming.command.CommandNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Checks deploy/docker. */
final class DockerCheck {
    private static final Set<String> INSTRUCTIONS = Set.of(
            "ARG", "FROM", "ADD", "COPY", "ENV", "USER", "WORKDIR", "EXPOSE", "HEALTHCHECK", "ENTRYPOINT", "CMD");
    private static final Pattern PINNED = Pattern.compile("\\S+@sha256:[0-9a-f]{64}( AS (?<stage>\\w+))?");
    private static final Pattern COPIED = Pattern.compile("--from=(?<stage>\\w+) (?<source>\\S+) \\S+");
    private static final Pattern VARIABLE = Pattern.compile("(\\w+)=(\"[^\"]*\"|\\S+)");
    private static final Pattern NUMERIC_USER = Pattern.compile("[1-9]\\d*:[1-9]\\d*");

    private final DeployCheck check;

    DockerCheck(DeployCheck check) {
        this.check = check;
    }

    /** One instruction, its continued lines joined. */
    private record Instruction(String name, String rest) {}

    void read(Path folder) throws IOException {
        dockerfile(folder.resolve("Dockerfile"), "");
        dockerfile(folder.resolve("Dockerfile.cuda"), "-cuda");
    }

    private void dockerfile(Path file, String suffix) throws IOException {
        List<Instruction> instructions = parse(file);
        List<String> stages = new ArrayList<>();
        String user = "";
        for (Instruction instruction : instructions) {
            String rest = instruction.rest();
            check.require(file, INSTRUCTIONS.contains(instruction.name()), "unknown: " + instruction.name());
            switch (instruction.name()) {
                case "FROM" -> {
                    Matcher from = PINNED.matcher(rest);
                    check.require(file, from.matches(), "not pinned: " + rest);
                    stages.add(from.matches() && from.group("stage") != null ? from.group("stage") : "");
                    user = "";
                }
                case "COPY" -> {
                    Matcher copied = COPIED.matcher(rest);
                    check.require(file, copied.matches() && stages.contains(copied.group("stage")), "COPY " + rest);
                }
                case "ADD" -> check.require(file, rest.equals(export(suffix) + " /opt/"), "no such archive: " + rest);
                case "USER" -> user = rest;
                case "ENV" -> check.requireVariables(file, Map.of(), variables(rest));
                case "ENTRYPOINT" -> check.require(file, rest.equals("[\"/opt/stampede/bin/stampede\"]"), rest);
                case "EXPOSE" -> check.require(file, rest.equals(port()), "the port is " + rest);
                case "HEALTHCHECK" ->
                    check.require(file, rest.contains("CMD [\"/opt/stampede/bin/stampede\", \"health\""), rest);
                case "CMD" ->
                    check.require(
                            file, CommandNames.all().contains(rest.replaceAll("[\\[\\]\"]", "")), "no command " + rest);
                case "ARG" ->
                    check.require(
                            file, rest.equals("VERSION") || rest.equals("VERSION=" + check.version()), "ARG " + rest);
                default -> {}
            }
        }
        check.require(file, NUMERIC_USER.matcher(user).matches(), "it runs as '" + user + "'");
        Path ignored = file.resolveSibling(file.getFileName() + ".dockerignore");
        check.requireFile(file, ignored);
        String export = export(suffix).replace("${VERSION}", "*");
        check.require(
                ignored, Files.readString(ignored).equals("*\n!" + export + "\n"), "it must let through " + export);
    }

    /** What the profile dist makes, as {@code streaming/pom.xml} names it. */
    private static String export(String suffix) {
        return "streaming/target/stampede-${VERSION}-linux-x86_64" + suffix + ".tar.gz";
    }

    private String port() {
        return check.settings(check.deploy().resolve("stampede.properties")).getOrDefault("http.port", "");
    }

    private static Map<String, String> variables(String rest) {
        Map<String, String> variables = new HashMap<>();
        Matcher matcher = VARIABLE.matcher(rest);
        while (matcher.find()) {
            variables.put(matcher.group(1), matcher.group(2).replace("\"", ""));
        }
        return variables;
    }

    private static List<Instruction> parse(Path file) throws IOException {
        String joined = Files.readString(file).replaceAll("\\\\\n\\s*", "");
        return joined.lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(line -> line.split(" ", 2))
                .map(description -> new Instruction(description[0], description.length == 2 ? description[1] : ""))
                .toList();
    }
}
