package dev.stampede.systemtests.drill;

import dev.stampede.streaming.settings.TopicNames;
import dev.stampede.systemtests.harness.AlertPool;
import dev.stampede.systemtests.harness.JavaProcess;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;

/** Faults of a process, its input and its broker. */
final class ServiceFaults {
    static final List<String> ALERTS = List.of(
            "StampedeDeadLetters",
            "StampedeNoAlertsReceived",
            "StampedeBrokerDisconnected",
            "StampedeLagNotMeasured",
            "StampedeTopicUnusable",
            "StampedeExplanationsStopped",
            "StampedeDown",
            "StampedeStreamDown",
            "StampedeNotRunning");

    private static final String JOB = "stampede";
    private static final int PER_SECOND = 50;
    /** How long the group waits for a killed member: long enough to observe that the next instance waits. */
    private static final String SETTINGS = "explain.policy=all\nmain.consumer.session.timeout.ms=60000\n";

    private ServiceFaults() {}

    static void inject(Drill drill) throws InterruptedException {
        try (DrillStream stream = new DrillStream(drill, "service", drill.model());
                JavaProcess first = stream.start("service", SETTINGS)) {
            first.awaitRunning();
            drill.scrape(JOB, first.httpPort());
            stream.send(PER_SECOND);
            drill.require("rate(stampede_alerts_total{outcome=\"bogus\"}[10s]) > 0");
            input(drill, stream);
            broker(drill, stream);
            drill.inject(List.of("StampedeDown", "StampedeStreamDown"), "the process is killed (SIGKILL)", first::kill);
            first.kill();
            try (JavaProcess second = stream.start("service-again", SETTINGS)) {
                int port = second.httpPort();
                drill.inject(
                        List.of("StampedeNotRunning"),
                        "started again while the group waits for the killed member",
                        () -> drill.scrape(JOB, port));
                drill.repair("StampedeDown", () -> drill.scrape(JOB, port));
                drill.repair("StampedeStreamDown", () -> drill.scrape(JOB, port));
                drill.repair("StampedeNotRunning", second::awaitRunning);
            }
        }
    }

    private static void input(Drill drill, DrillStream stream) throws InterruptedException {
        drill.inject(
                List.of("StampedeDeadLetters"),
                "only random bytes are sent",
                () -> stream.feed().change(PER_SECOND, AlertPool::undecodable));
        drill.repair("StampedeDeadLetters", () -> stream.send(PER_SECOND));
        drill.inject(List.of("StampedeNoAlertsReceived"), "nothing is sent", stream.feed()::pause);
        drill.repair("StampedeNoAlertsReceived", () -> stream.send(PER_SECOND));
        stream.send(PER_SECOND);
    }

    private static void broker(Drill drill, DrillStream stream) throws InterruptedException {
        drill.inject(
                List.of("StampedeBrokerDisconnected", "StampedeLagNotMeasured"),
                "the broker is stopped",
                stream.broker()::kill);
        drill.repair("StampedeBrokerDisconnected", stream.broker()::start);
        drill.repair("StampedeLagNotMeasured", () -> {});
        // Nothing undecodable is sent now, so that no transaction waits for the topic.
        String deadLetters = TopicNames.DEFAULT.deadLetters();
        drill.inject(
                List.of("StampedeTopicUnusable"),
                "the topic dead-letters is deleted",
                () -> administer(
                        stream,
                        admin -> admin.deleteTopics(List.of(deadLetters)).all()));
        drill.repair(
                "StampedeTopicUnusable",
                () -> administer(
                        stream,
                        admin -> admin.createTopics(
                                        List.of(new NewTopic(deadLetters, Optional.of(1), Optional.empty())))
                                .all()));
        drill.inject(
                List.of("StampedeExplanationsStopped"),
                "the topic explanations accepts no record of more than 100 bytes",
                () -> limitRecords(stream, TopicNames.DEFAULT.explanations()));
    }

    private static void limitRecords(DrillStream stream, String topic) throws InterruptedException {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        AlterConfigOp limit = new AlterConfigOp(
                new ConfigEntry(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, "100"), AlterConfigOp.OpType.SET);
        administer(
                stream,
                admin -> admin.incrementalAlterConfigs(Map.of(resource, List.of(limit)))
                        .all());
    }

    private static void administer(DrillStream stream, Function<Admin, KafkaFuture<Void>> request)
            throws InterruptedException {
        try (Admin admin =
                Admin.create(Map.of("bootstrap.servers", stream.broker().address()))) {
            request.apply(admin).get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("Cannot change the topics", e);
        }
    }
}
