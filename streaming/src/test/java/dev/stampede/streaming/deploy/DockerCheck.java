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

/** Checks deploy/docker: the Dockerfile, and the script that builds it. */
final class DockerCheck {
    private static final Set<String> INSTRUCTIONS = Set.of(
            "ARG",
            "FROM",
            "ADD",
            "RUN",
            "COPY",
            "ENV",
            "USER",
            "WORKDIR",
            "EXPOSE",
            "HEALTHCHECK",
            "ENTRYPOINT",
            "CMD");
    private static final Pattern PINNED = Pattern.compile("BASE=\\S+@sha256:[0-9a-f]{64}");
    private static final Pattern FROM = Pattern.compile("(?<base>\\S+)( AS (?<stage>\\w+))?");
    private static final Pattern COPIED = Pattern.compile("--from=(?<stage>\\w+) (?<source>\\S+) \\S+");
    private static final Pattern VARIABLE = Pattern.compile("(\\w+)=(\"[^\"]*\"|\\S+)");
    private static final Pattern NUMERIC_USER = Pattern.compile("[1-9]\\d*:[1-9]\\d*");
    /** What the profile dist makes, as {@code streaming/pom.xml} names it. */
    private static final String EXPORT = "${DISTRIBUTION}-${VERSION}-${PLATFORM}${VARIANT}.tar.gz";

    private static final String LET_THROUGH = """
            *
            !streaming/target/stampede-*-linux-*.tar.gz
            !distribution/target/stampede-training-*-linux-*.tar.gz
            !distribution/target/stampede-gpu-*-linux-*.tar.gz
            """;

    private final DeployCheck check;

    DockerCheck(DeployCheck check) {
        this.check = check;
    }

    /** One instruction, its continued lines joined. */
    private record Instruction(String name, String rest) {}

    void read(Path folder) throws IOException {
        Path file = folder.resolve("Dockerfile");
        List<Instruction> instructions = parse(file);
        stages(file, instructions);
        instructions.forEach(instruction -> instruction(file, instruction.name(), instruction.rest()));
        Path ignored = folder.resolve("Dockerfile.dockerignore");
        check.require(ignored, Files.readString(ignored).equals(LET_THROUGH), "it must be: " + LET_THROUGH);
        script(folder.resolve("build.sh"), instructions);
    }

    /** Each stage begins with the base or an earlier stage, copies from an earlier stage, and the last has a user. */
    private void stages(Path file, List<Instruction> instructions) {
        List<String> stages = new ArrayList<>(List.of("${BASE}"));
        String user = "";
        for (Instruction instruction : instructions) {
            if (instruction.name().equals("FROM")) {
                Matcher from = FROM.matcher(instruction.rest());
                check.require(file, from.matches(), "FROM " + instruction.rest());
                check.require(file, stages.contains(from.group("base")), "there is no stage " + from.group("base"));
                stages.add(String.valueOf(from.group("stage")));
            } else if (instruction.name().equals("COPY")) {
                Matcher copied = COPIED.matcher(instruction.rest());
                check.require(
                        file, copied.matches() && stages.contains(copied.group("stage")), "COPY " + instruction.rest());
            } else if (instruction.name().equals("USER")) {
                user = instruction.rest();
            }
        }
        check.require(file, NUMERIC_USER.matcher(user).matches(), "it runs as '" + user + "'");
    }

    private void instruction(Path file, String name, String rest) {
        check.require(file, INSTRUCTIONS.contains(name), "unknown: " + name);
        switch (name) {
            case "ADD" -> check.require(file, rest.equals(EXPORT + " /opt/"), "no such archive: " + rest);
            case "ENV" -> check.requireVariables(file, Map.of(), variables(rest));
            case "ENTRYPOINT" -> check.require(file, rest.equals("[\"/opt/stampede/bin/stampede\"]"), rest);
            case "EXPOSE" -> check.require(file, rest.equals(port()), "the port is " + rest);
            case "HEALTHCHECK" ->
                check.require(
                        file,
                        rest.equals("NONE") || rest.contains("CMD [\"/opt/stampede/bin/stampede\", \"health\""),
                        rest);
            case "CMD" ->
                check.require(
                        file, CommandNames.all().contains(rest.replaceAll("[\\[\\]\"]", "")), "no command " + rest);
            case "ARG" ->
                check.require(
                        file,
                        PINNED.matcher(rest).matches()
                                || rest.equals("VARIANT")
                                || rest.equals("DISTRIBUTION=streaming/target/stampede")
                                || rest.equals("PLATFORM=linux-x86_64")
                                || rest.equals("VERSION=" + check.version()),
                        "ARG " + rest);
            default -> {}
        }
    }

    /** The script knows the targets and the arguments of the Dockerfile. */
    private void script(Path file, List<Instruction> instructions) throws IOException {
        String text = Files.readString(file);
        Matcher target = Pattern.compile("--target (\\w+)").matcher(text);
        while (target.find()) {
            String stage = " AS " + target.group(1);
            check.require(
                    file,
                    instructions.stream().anyMatch(line -> line.rest().endsWith(stage)),
                    "there is no stage " + target.group(1));
        }
        Matcher argument = Pattern.compile("--build-arg \"(\\w+)=").matcher(text);
        while (argument.find()) {
            String name = argument.group(1);
            check.require(
                    file,
                    instructions.stream()
                            .anyMatch(line -> line.name().equals("ARG")
                                    && line.rest().split("=", -1)[0].equals(name)),
                    "there is no argument " + name);
        }
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
