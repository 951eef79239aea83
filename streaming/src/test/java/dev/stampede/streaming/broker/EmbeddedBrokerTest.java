package dev.stampede.streaming.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.stampede.stamps.error.StampedeException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class EmbeddedBrokerTest {
    @TempDir
    private Path directory;

    @Test
    void servesTopicsAndLeavesNothingBehind() throws IOException, InterruptedException, ExecutionException {
        try (EmbeddedBroker broker = EmbeddedBroker.start(directory, 0)) {
            broker.createTopics(3, List.of("a", "b"));
            try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.address()))) {
                assertThat(admin.describeTopics(List.of("a", "b"))
                                .allTopicNames()
                                .get())
                        .allSatisfy(
                                (name, topic) -> assertThat(topic.partitions()).hasSize(3));
            }
            assertThatExceptionOfType(BrokerException.class)
                    .isThrownBy(() -> broker.createTopics(1, List.of("a")))
                    .withMessageContaining("already exists");
        }
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void goesOnWithTheDataItKept() throws InterruptedException, ExecutionException {
        try (EmbeddedBroker broker = EmbeddedBroker.open(directory, 0)) {
            broker.createTopics(1, List.of("kept"));
        }
        try (EmbeddedBroker broker = EmbeddedBroker.open(directory, 0);
                Admin admin = Admin.create(Map.of("bootstrap.servers", broker.address()))) {
            assertThat(admin.listTopics().names().get()).contains("kept");
        }
    }

    @Test
    void refusesAPortThatIsTakenInASentence() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatExceptionOfType(BrokerException.class)
                    .isThrownBy(() -> EmbeddedBroker.start(directory, taken.getLocalPort()))
                    .withMessageContaining("port " + taken.getLocalPort());
        }
    }

    @Test
    void refusesADirectoryItCannotWriteInASentence() throws IOException {
        Path file = Files.createFile(directory.resolve("file"));
        assertThatExceptionOfType(StampedeException.class)
                .isThrownBy(() -> EmbeddedBroker.start(file.resolve("data"), 0))
                .withMessageContaining(file.toString());
    }
}
