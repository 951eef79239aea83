package dev.stampede.benchmarks.bench;

import dev.stampede.streaming.topology.Topics;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;

/** A stream as a service, and what befalls services. */
final class ServiceScene implements DrillScene {
    private static final String JOB = "stampede";
    private static final int PER_SECOND = 50;

    /** The group waits so long for a member that was killed: long enough for the next to be seen waiting. */
    private static final String SESSION_MILLIS = "60000";

    @Override
    public List<String> alerts() {
        return List.of(
                "StampedeDeadLetters",
                "StampedeNoAlerts",
                "StampedeBrokerAway",
                "StampedeExplanationsStopped",
                "StampedeDown",
                "StampedeNotRunning");
    }

    @Override
    public void play(DrillStage stage) throws InterruptedException {
        DrillAlerts alerts = DrillAlerts.of(stage.model());
        Path model = stage.modelFile("service.onnx", stage.model().bytes());
        try (DrillStream stream = DrillStream.open(stage.folder(), "service")) {
            Map<String, String> settings = stream.settings(model);
            settings.put("explain.policy", "all");
            settings.put("main.consumer.session.timeout.ms", SESSION_MILLIS);
            try (StreamProcess first = StreamProcess.start(stage.folder(), "service", settings)) {
                first.awaitRunning();
                stage.scrape(JOB, first.httpPort());
                stream.feed().send(PER_SECOND, alerts.good());
                stage.demand("rate(stampede_alerts_total{outcome=\"bogus\"}[10s]) > 0");
                badInput(stage, stream.feed(), alerts);
                badBroker(stage, stream);
                stage.prove(List.of("StampedeDown"), "the process is killed (SIGKILL)", first::kill);
                restart(stage, settings, first);
            }
        }
    }

    private static void badInput(DrillStage stage, DrillFeed feed, DrillAlerts alerts) throws InterruptedException {
        stage.prove(
                List.of("StampedeDeadLetters"),
                "nothing but random bytes is sent",
                () -> feed.send(PER_SECOND, DrillAlerts.garbage()));
        stage.mend("StampedeDeadLetters", () -> feed.send(PER_SECOND, alerts.good()));
        stage.prove(List.of("StampedeNoAlerts"), "nothing is sent", feed::pause);
        stage.mend("StampedeNoAlerts", () -> feed.send(PER_SECOND, alerts.good()));
        feed.send(PER_SECOND, alerts.good());
    }

    private static void badBroker(DrillStage stage, DrillStream stream) throws InterruptedException {
        stage.prove(List.of("StampedeBrokerAway"), "the broker is stopped", stream::stopBroker);
        stage.mend("StampedeBrokerAway", stream::restartBroker);
        stage.prove(
                List.of("StampedeExplanationsStopped"),
                "the topic explanations takes no record of more than 100 bytes",
                () -> limitRecords(stream.broker().address(), Topics.DEFAULT.explanations()));
    }

    private static void limitRecords(String brokers, String topic) throws InterruptedException {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        AlterConfigOp tiny = new AlterConfigOp(
                new ConfigEntry(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, "100"), AlterConfigOp.OpType.SET);
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", brokers))) {
            admin.incrementalAlterConfigs(Map.of(resource, List.of(tiny))).all().get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("cannot change the topic " + topic, e);
        }
    }

    /** The next start waits until the group has given up the member that was killed. */
    private static void restart(DrillStage stage, Map<String, String> settings, StreamProcess killed)
            throws InterruptedException {
        killed.kill();
        try (StreamProcess second = StreamProcess.start(stage.folder(), "service-again", settings)) {
            int port = second.httpPort();
            stage.prove(
                    List.of("StampedeNotRunning"),
                    "started again while the group waits for the member that was killed",
                    () -> stage.scrape(JOB, port));
            stage.mend("StampedeDown", () -> stage.scrape(JOB, port));
            stage.mend("StampedeNotRunning", second::awaitRunning);
        }
    }
}
