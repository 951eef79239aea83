package dev.stampede.streaming.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A file, a port or a URL that cannot be used is one sentence without the name of an exception. */
class FailureMessagesTest {
    @TempDir
    private static Path folder;

    private static int closedPort;

    @BeforeAll
    static void prepare() throws IOException {
        Files.write(folder.resolve("latin1"), new byte[] {'a', '=', (byte) 0xe9, '\n'});
        Files.writeString(folder.resolve("file"), "x");
        Files.writeString(folder.resolve("nightly"), "topic.alerts=ztf_[0-9]{8}\n");
        Files.writeString(folder.resolve("packet.avro"), "x");
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            closedPort = socket.getLocalPort();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            stream --config FOLDER/absent | 2 | FOLDER/absent: there is no such file or folder
            stream --config FOLDER/latin1 | 2 | FOLDER/latin1: it is not text in UTF-8
            stream --config FOLDER | 2 | FOLDER: it is a folder
            label --csv FOLDER/absent | 2 | FOLDER/absent: there is no such file or folder
            candidates-to-label --config FOLDER/absent | 2 | there is no such file or folder
            tail --kafka-config FOLDER/absent | 2 | there is no such file or folder
            produce --config FOLDER/nightly --simulate 1 | 2 | is not the name of one topic, but ztf_[0-9]{8}
            replay-dead-letters --config FOLDER/nightly | 2 | name the topic with --to.
            promote http://127.0.0.1:PORT/m.onnx | 1 | PORT/m.onnx: connection refused
            promote http://nowhere.invalid/m.onnx | 1 | nowhere.invalid/m.onnx: the host is unknown
            health --url http://127.0.0.1:PORT | 1 | PORT does not answer: connection refused
            classify FOLDER/absent.avro | 1 | FOLDER/absent.avro: there is no such file or folder
            classify FOLDER/file --model FOLDER | 1 | FOLDER is a directory
            inspect FOLDER/absent.avro --png FOLDER/none/x.png | 1 | there is no folder FOLDER/none
            demo --sheet FOLDER/none/x.png | 1 | there is no folder FOLDER/none
            candidates-to-label --png FOLDER/none/x.png | 1 | there is no folder FOLDER/none
            simulate --count 5 --out FOLDER/file | 1 | FOLDER/file: it is not a folder
            simulate --count 5 --out FOLDER/out --sheet FOLDER/none/x.png | 1 | there is no folder FOLDER/none
            simulate --count 5 --out /proc/x | 1 | /proc/x
            classify FOLDER/packet.avro --survey-file FOLDER/absent | 2 | there is no such file or folder
            classify FOLDER/packet.avro --schemas FOLDER/absent | 2 | there is no such file or folder
            """)
    void isOneSentence(String command, int exitCode, String sentence) {
        CommandOutput output = CommandOutput.by((Object[]) filled(command).split(" ", -1));
        assertThat(output.err()).contains(filled(sentence)).doesNotContain("Exception", "java.", "null");
        assertThat(output.err().lines()).hasSize(1);
        assertThat(output.exitCode()).isEqualTo(exitCode);
    }

    private static String filled(String text) {
        return text.replace("FOLDER", folder.toString()).replace("PORT", String.valueOf(closedPort));
    }

    @Test
    void leavesNoFolderThatWasNotAskedFor() throws IOException {
        CommandOutput.by("demo", "--sheet", folder.resolve("unasked/x.png"));
        CommandOutput.by("explain", folder.resolve("file"), "--png", folder.resolve("unasked/x.png"));
        CommandOutput.by("explain", folder.resolve("file"), "--npy", folder.resolve("unasked/x.npy"));
        assertThat(folder.resolve("unasked")).doesNotExist();
        assertThat(Arrays.asList(folder.toFile().list())).noneMatch(name -> name.endsWith(".part"));
    }
}
