package dev.stampede.benchmarks.packets;

import dev.stampede.commandline.CommandException;
import dev.stampede.commandline.Example;
import dev.stampede.stamps.contract.ModelFile;
import dev.stampede.stamps.error.FailureReason;
import dev.stampede.systemtests.harness.MachineLoad;
import dev.stampede.systemtests.harness.Results;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bench packets}: decodes ZTF packets in a small heap, and compares with plain reading. */
@Command(
        name = "packets",
        mixinStandardHelpOptions = true,
        description = {
            "Decodes ZTF packets to stamps in a heap of 256 MB, and compares with plain Avro and nom-tam-fits.",
            "With --model it classifies them, and compares with ONNX Runtime alone."
        })
@Example("bench packets --messages 100000")
public final class PacketsCommand implements Callable<Integer> {
    private static final String HEAP = "-Xmx256m";
    private static final String MAIN = "dev.stampede.benchmarks.command.BenchCommands";
    private static final int SIMULATED = 64;

    @Spec
    private CommandSpec spec;

    @Option(names = "--messages", paramLabel = "N", description = "Packets to decode while the heap is monitored.")
    private long messages = 1_000_000;

    @Option(
            names = "--packets",
            paramLabel = "DIR",
            description = "A folder of ZTF packets, *.avro (default: simulated ones of about 66 KB).")
    private @Nullable Path folder;

    @Option(names = "--seconds", paramLabel = "S", description = "Seconds of each of five rounds of each measurement.")
    private double seconds = 3;

    @Option(
            names = "--model",
            paramLabel = "FILE",
            description = "Classify the packets with this model on all cores, and compare with ONNX Runtime alone.")
    private @Nullable Path model;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Option(names = "--here", hidden = true, description = "Measure in this process, whatever its heap.")
    private boolean here;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (messages < 1 || !(seconds > 0)) {
            throw CommandException.usage("--messages must be 1 or more, and --seconds above 0");
        }
        if (model != null) {
            int threads = Runtime.getRuntime().availableProcessors();
            MachineLoad load = MachineLoad.begin();
            Results.printComparison(
                    spec.commandLine().getOut(),
                    json,
                    ClassificationBench.run(ModelFile.read(model), packets(), threads, seconds),
                    load,
                    System.err);
            return 0;
        }
        if (here) {
            Results.print(spec.commandLine().getOut(), json, PacketBench.run(packets(), messages, seconds));
            return 0;
        }
        List<String> options = new ArrayList<>(List.of("--messages", "" + messages, "--seconds", "" + seconds));
        if (folder != null) {
            options.addAll(List.of("--packets", folder.toString()));
        }
        if (json) {
            options.add("--json");
        }
        ProcessBuilder builder = new ProcessBuilder(command(options)).inheritIO();
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        return builder.start().waitFor();
    }

    /** The command line that measures in a small heap. */
    static List<String> command(List<String> options) {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> command = new ArrayList<>(List.of(java, HEAP, MAIN, "bench", "packets", "--here"));
        command.addAll(options);
        return command;
    }

    private List<byte[]> packets() {
        return folder == null ? ZtfLikePackets.of(SIMULATED, 1) : read(folder);
    }

    private static List<byte[]> read(Path folder) {
        List<byte[]> packets = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(path -> path.toString().endsWith(".avro"))
                    .sorted()
                    .toList()) {
                packets.add(Files.readAllBytes(file));
            }
        } catch (IOException e) {
            throw CommandException.failed("Cannot read the packets in " + folder + ": " + FailureReason.of(e));
        }
        if (packets.isEmpty()) {
            throw CommandException.usage("There is no *.avro file in " + folder);
        }
        return packets;
    }
}
