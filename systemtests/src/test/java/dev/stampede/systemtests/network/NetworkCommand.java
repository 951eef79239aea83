package dev.stampede.systemtests.network;

import dev.stampede.commandline.CommandException;
import dev.stampede.commandline.Example;
import dev.stampede.systemtests.harness.BenchOptions;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bench network}: failover of three brokers whose network or disk fails. */
@Command(
        name = "network",
        mixinStandardHelpOptions = true,
        description = {
            "Runs three brokers and the stream in network namespaces under load, cuts connections, drops and delays"
                    + " packets, and fills the disk of a broker; verifies every outcome, and measures the time without"
                    + " outcomes.",
            "Requires Linux, root, and the programs ip, tc and iptables."
        },
        exitCodeList = {
            "0:after each fault every alert had exactly one correct outcome",
            "1:alerts are missing, wrong or duplicate; or this machine cannot run the test",
            "2:wrong usage"
        })
@Example("bench network --fault-seconds 20")
public final class NetworkCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private BenchOptions bench;

    @Option(names = "--rate", paramLabel = "N", description = "Alerts per second.")
    private int rate = 100;

    @Option(names = "--fault-seconds", paramLabel = "S", description = "How long each fault lasts.")
    private int faultSeconds = 30;

    @Option(
            names = "--fault",
            paramLabel = "FAULT",
            description = "Only this fault: ${COMPLETION-CANDIDATES}; may be repeated (default: all).")
    private List<NetworkFault> faults = List.of(NetworkFault.values());

    @Option(names = "--protocol", paramLabel = "P", description = "classic or streams.")
    private String protocol = "classic";

    @Override
    public Integer call() throws InterruptedException {
        BenchOptions.requirePositive("--rate and --fault-seconds", rate, faultSeconds);
        if (!List.of("classic", "streams").contains(protocol)) {
            throw CommandException.usage("--protocol must be classic or streams, not " + protocol);
        }
        List<String> missing = NetworkHosts.missing();
        if (!missing.isEmpty()) {
            throw CommandException.failed("Network namespaces need " + String.join(", ", missing)
                    + ": run as root on Linux, and install what is missing (on Debian: apt install iproute2 iptables"
                    + " mount)");
        }
        NetworkResult result =
                NetworkRun.run(new NetworkSettings(protocol, rate, faultSeconds, faults), bench.model(), System.err);
        print(result);
        return result.isKept() ? 0 : 1;
    }

    private void print(NetworkResult result) {
        if (bench.json()) {
            bench.print(result);
            return;
        }
        PrintWriter out = spec.commandLine().getOut();
        out.println(FaultResult.HEADER);
        result.faults().forEach(fault -> out.println(fault.row()));
        out.flush();
        bench.print(result.conservation());
    }
}
