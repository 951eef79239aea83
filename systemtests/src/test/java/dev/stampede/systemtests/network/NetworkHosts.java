package dev.stampede.systemtests.network;

import dev.stampede.commandline.CommandException;
import dev.stampede.stamps.ExternalProgram;
import dev.stampede.systemtests.harness.ProcessHost;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Hosts on one switch, each a network namespace with its address, between which packets can be dropped. This
 * machine is connected to the switch too. Requires Linux and root; one set of hosts at a time.
 */
final class NetworkHosts implements AutoCloseable {
    /** A network for documentation (RFC 5737), which is not assigned to anyone. */
    private static final String NETWORK = "198.51.100.";

    private static final int MAX_HOSTS = 9;
    private static final String PREFIX = "stampede-";
    private static final String SWITCH = PREFIX + "switch";
    private static final String OWN_LINK = PREFIX + "link";
    private static final int OWN_NUMBER = 254;

    /** What sends no more than this is delayed by its own bursts: a fetch of 64 KiB takes 65 ms. */
    private static final String RATE = "8mbit";

    private static final String LOSS = "0.05";

    private final int count;

    private NetworkHosts(int count) {
        this.count = count;
    }

    /** What this machine lacks for such hosts; empty if nothing. */
    static List<String> missing() {
        List<String> missing = new ArrayList<>();
        if (!System.getProperty("user.name").equals("root")) {
            missing.add("root");
        }
        Stream.of("ip", "tc", "iptables", "mount", "unshare")
                .filter(program -> ExternalProgram.onPath(program).isEmpty())
                .forEach(missing::add);
        if (missing.isEmpty() && !mayCreateNamespaces()) {
            missing.add("the capabilities CAP_SYS_ADMIN and CAP_NET_ADMIN (a privileged container)");
        }
        return missing;
    }

    /** Root of a container may lack the capabilities. */
    private static boolean mayCreateNamespaces() {
        return ExternalProgram.run(words("unshare --net --mount ip link set lo up"))
                        .exitCode()
                == 0;
    }

    /** Creates {@code count} hosts, numbered from 1, and connects them. */
    static NetworkHosts open(int count) {
        if (count < 1 || count > MAX_HOSTS) {
            throw new IllegalArgumentException("count must be 1 to " + MAX_HOSTS + ", not " + count);
        }
        List<String> processes = processes().toList();
        if (!processes.isEmpty()) {
            throw CommandException.failed("Another network test runs on this machine, with the processes "
                    + String.join(", ", processes) + ": wait for its end, or end them if it was killed");
        }
        NetworkHosts hosts = new NetworkHosts(count);
        hosts.close(); // those of a run that was killed
        if (run("ip route").contains(NETWORK)) {
            throw CommandException.failed(
                    "This machine is already connected to " + NETWORK + "0/24, the network of the test: disconnect it");
        }
        boolean isOpen = false;
        try {
            hosts.create();
            isOpen = true;
            return hosts;
        } finally {
            if (!isOpen) {
                hosts.close();
            }
        }
    }

    /** The process ids of the programs that run on hosts of this or another network test. */
    private static Stream<String> processes() {
        return IntStream.rangeClosed(1, MAX_HOSTS)
                .mapToObj(number -> ExternalProgram.run(words("ip netns pids " + name(number))))
                .filter(result -> result.exitCode() == 0) // there is such a host
                .flatMap(result -> result.succeeded().lines());
    }

    private void create() {
        run("ip netns add " + SWITCH);
        run("ip -n " + SWITCH + " link add switch type bridge");
        run("ip -n " + SWITCH + " link set switch up");
        for (int number = 1; number <= count; number++) {
            String name = name(number);
            run("ip netns add " + name);
            run("ip -n " + name + " link set lo up");
            connect("-n " + name + " ", "eth0", "netns " + name, number);
        }
        connect("", OWN_LINK, "", OWN_NUMBER);
    }

    /** Connects the namespace that {@code option} selects to the switch. */
    private static void connect(String option, String link, String namespace, int number) {
        String port = "port" + number;
        run("ip link add name " + link + " " + namespace + " type veth peer name " + port + " netns " + SWITCH);
        run("ip " + option + "addr add " + NETWORK + number + "/24 dev " + link);
        run("ip " + option + "link set " + link + " up");
        run("ip -n " + SWITCH + " link set " + port + " master switch up");
    }

    private static String name(int number) {
        return PREFIX + number;
    }

    /** A host by its number. */
    ProcessHost host(int number) {
        return new ProcessHost(NETWORK + number, List.of("ip", "netns", "exec", name(number)));
    }

    /** Drops every packet between two hosts, without an answer to the sender. */
    void separate(int one, int other) {
        drop(one, "-s " + NETWORK + other);
        drop(other, "-s " + NETWORK + one);
    }

    /** Drops one packet in twenty that arrives at a host, and limits what it sends, so that packets wait. */
    void degrade(int number) {
        drop(number, "-m statistic --mode random --probability " + LOSS);
        run("tc -n " + name(number) + " qdisc add dev eth0 root tbf rate " + RATE + " burst 32kb latency 400ms");
    }

    private static void drop(int number, String condition) {
        run("ip netns exec " + name(number) + " iptables -A INPUT " + condition + " -j DROP");
    }

    /** Delivers every packet again. */
    void repair() {
        for (int number = 1; number <= count; number++) {
            run("ip netns exec " + name(number) + " iptables -F INPUT");
            ExternalProgram.run(words("tc -n " + name(number) + " qdisc del dev eth0 root")); // fails if there is none
        }
    }

    private static List<String> words(String command) {
        return List.of(command.split(" +", -1));
    }

    /** What the command printed. */
    private static String run(String command) {
        return ExternalProgram.run(words(command)).succeeded();
    }

    /** Ends the programs that still run on the hosts, and removes the hosts. */
    @Override
    public void close() {
        processes()
                .flatMap(pid -> ProcessHandle.of(Long.parseLong(pid)).stream())
                .forEach(ProcessHandle::destroyForcibly);
        for (int number = 1; number <= MAX_HOSTS; number++) {
            ExternalProgram.run(words("ip netns del " + name(number)));
        }
        ExternalProgram.run(words("ip link del " + OWN_LINK));
        ExternalProgram.run(words("ip netns del " + SWITCH));
    }
}
