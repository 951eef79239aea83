package dev.stampede.stamps.error;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.security.cert.CertPathBuilderException;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Why a file, a folder, a port or a URL cannot be used, for messages: without the names of exceptions. */
public final class FailureReason {
    private static final String NO_SUCH_FILE = "there is no such file or folder";
    private static final String NOT_A_FOLDER = "a part of its path is not a folder";
    private static final String DENIED = "permission denied";

    /** Texts of the operating system that are not clear in a sentence; all others are used unchanged. */
    private static final Map<String, String> SYSTEM_TEXTS = Map.of(
            "No such file or directory",
            NO_SUCH_FILE,
            "Permission denied",
            DENIED,
            "Is a directory",
            "it is a folder",
            "Not a directory",
            NOT_A_FOLDER,
            "Bad file descriptor",
            "it is closed");

    /** The class name that an exception takes over from its cause. */
    private static final Pattern CLASS_NAMES = Pattern.compile("^(?:(?:[a-z_][\\w$]*\\.)+[A-Z][\\w$]*(?:: |$))+");

    /** The text of the system behind the path, as in {@code a.txt (Permission denied)}. */
    private static final Pattern IN_PARENTHESES = Pattern.compile(".*\\((.+)\\)");

    private FailureReason() {}

    /** The reason of {@code failure}, a clause in lower case without a period at its end. */
    public static String of(Throwable failure) {
        Throwable cause = failure;
        while (isWrapper(cause) && cause.getCause() != null) {
            cause = cause.getCause();
        }
        if (cause instanceof FileSystemException || cause instanceof FileNotFoundException) {
            return ofFile((IOException) cause);
        }
        if (cause instanceof CharacterCodingException) {
            return "it is not text in UTF-8; save it as UTF-8";
        }
        String network = ofNetwork(cause);
        return network == null ? message(cause) : network;
    }

    private static boolean isWrapper(Throwable failure) {
        return failure instanceof UncheckedIOException
                || failure instanceof ExecutionException
                || failure instanceof CompletionException;
    }

    private static String ofFile(IOException failure) {
        if (failure instanceof NoSuchFileException) {
            return NO_SUCH_FILE;
        }
        if (failure instanceof AccessDeniedException) {
            return DENIED;
        }
        if (failure instanceof FileAlreadyExistsException) {
            return "it exists already";
        }
        if (failure instanceof DirectoryNotEmptyException) {
            return "the folder is not empty";
        }
        if (failure instanceof NotDirectoryException) {
            return "it is not a folder";
        }
        if (failure instanceof FileSystemLoopException) {
            return "its symbolic links form a loop";
        }
        // The message repeats the path.
        String reason = failure instanceof FileSystemException exception
                ? exception.getReason()
                : IN_PARENTHESES.matcher(String.valueOf(failure.getMessage())).replaceFirst("$1");
        return reason == null ? plainName(failure) : SYSTEM_TEXTS.getOrDefault(reason, reason);
    }

    private static @Nullable String ofNetwork(Throwable failure) {
        if (has(failure, UnresolvedAddressException.class) || has(failure, UnknownHostException.class)) {
            return "the host is unknown";
        }
        if (failure instanceof HttpTimeoutException || failure instanceof SocketTimeoutException) {
            return "it did not answer in time";
        }
        if (failure instanceof BindException) {
            return "Cannot assign requested address".equals(failure.getMessage())
                    ? "this machine has no such address; choose another host"
                    : "the port is in use or not allowed; choose another port (" + failure.getMessage() + ")";
        }
        if (failure instanceof ConnectException) {
            String message = failure.getMessage();
            return message == null || message.equals("Connection refused")
                    ? "connection refused; nothing listens on this port"
                    : message;
        }
        if (failure instanceof SSLException) {
            return has(failure, CertPathBuilderException.class)
                    ? "its TLS certificate is not trusted"
                    : "the TLS connection failed: " + message(failure);
        }
        if (String.valueOf(failure.getMessage()).contains("header parser received no bytes")) {
            return "the server closed the connection without an HTTP response";
        }
        return null;
    }

    private static boolean has(Throwable failure, Class<? extends Throwable> type) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return true;
            }
        }
        return false;
    }

    /** The first line of the message; the rest is for developers, such as the position in a parser. */
    private static String message(Throwable failure) {
        String line = String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
        String text = CLASS_NAMES.matcher(line).replaceFirst("").strip();
        if (failure.getMessage() == null || text.isEmpty()) {
            Throwable cause = failure.getCause();
            return cause == null ? plainName(failure) : of(cause);
        }
        String clause = text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
        return SYSTEM_TEXTS.getOrDefault(clause, clause);
    }

    /** The type of an exception without a message: ClosedChannelException is "closed channel". */
    private static String plainName(Throwable failure) {
        return failure.getClass()
                .getSimpleName()
                .replaceFirst("(Exception|Error)$", "")
                .replaceAll("(?<=[a-z0-9])(?=[A-Z])", " ")
                .toLowerCase(Locale.ROOT);
    }
}
