package dev.stampede.stamps.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.MalformedInputException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.cert.CertPathBuilderException;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FailureReasonTest {
    static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of(new NoSuchFileException("a"), "there is no such file or folder"),
                Arguments.of(new AccessDeniedException("a"), "permission denied"),
                Arguments.of(new FileSystemException("a", null, "No space left on device"), "No space left on device"),
                Arguments.of(new IOException("Is a directory"), "it is a folder"),
                Arguments.of(new MalformedInputException(1), "it is not text in UTF-8; save it as UTF-8"),
                Arguments.of(new UncheckedIOException(new NoSuchFileException("a")), "there is no such file or folder"),
                Arguments.of(new ExecutionException(new AccessDeniedException("a")), "permission denied"),
                Arguments.of(with(new ConnectException(), new UnresolvedAddressException()), "the host is unknown"),
                Arguments.of(new UnknownHostException("nowhere"), "the host is unknown"),
                Arguments.of(new HttpConnectTimeoutException("late"), "it did not answer in time"),
                Arguments.of(
                        new BindException("Cannot assign requested address"),
                        "this machine has no such address; choose another host"),
                Arguments.of(
                        with(new SSLHandshakeException("PKIX"), new CertPathBuilderException("x")),
                        "its TLS certificate is not trusted"),
                Arguments.of(new ClosedChannelException(), "closed channel"),
                Arguments.of(
                        new IllegalStateException("java.util.zip.ZipException: zip END header not found"),
                        "zip END header not found"),
                Arguments.of(new IOException(new IOException("the cause.")), "the cause"),
                Arguments.of(new IOException("first line\n at [Source: (File)]"), "first line"));
    }

    private static Throwable with(Throwable failure, Throwable cause) {
        return failure.initCause(cause);
    }

    @ParameterizedTest
    @MethodSource("failures")
    void isAClauseWithoutTheNameOfAnException(Throwable failure, String reason) {
        assertThat(FailureReason.of(failure)).isEqualTo(reason);
    }

    @Test
    void readsTheReasonOfTheOldFileApi(@TempDir Path folder) {
        assertThat(FailureReason.of(failure(
                        () -> new FileInputStream(folder.resolve("absent").toFile()).close())))
                .isEqualTo("there is no such file or folder");
        assertThat(FailureReason.of(failure(() -> Files.readString(folder)))).isEqualTo("it is a folder");
    }

    @Test
    void explainsAClosedPort() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        HttpRequest request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port)).build();
        assertThat(FailureReason.of(failure(
                        () -> HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.discarding()))))
                .isEqualTo("connection refused; nothing listens on this port");
    }

    private interface Action {
        void run() throws Exception;
    }

    private static Exception failure(Action action) {
        try {
            action.run();
        } catch (Exception failure) {
            return failure;
        }
        throw new AssertionError("no failure");
    }
}
