package dev.stampede.commandline;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The standard output of the process, which fails at the first write that fails; that of Java ignores errors, so that
 * results would be lost in silence on a full disk.
 */
final class StandardOutput extends OutputStream {
    /** On Linux a link to the file or the pipe. */
    private static final Path DESCRIPTOR = Path.of("/proc/self/fd/1");

    private final OutputStream out;
    private final boolean isPipe;

    /** @param isPipe whether a failure of {@code out} means that its reader has ended */
    StandardOutput(OutputStream out, boolean isPipe) {
        this.out = out;
        this.isPipe = isPipe;
    }

    /** Makes it the standard output of the whole process. */
    static void install() {
        OutputStream out = new StandardOutput(new FileOutputStream(FileDescriptor.out), isPipe());
        System.setOut(new PrintStream(out, true, charset()));
    }

    /** The encoding of the terminal; a property of Java 19 and newer. */
    private static Charset charset() {
        String name = System.getProperty("stdout.encoding");
        return name == null ? Charset.defaultCharset() : Charset.forName(name);
    }

    private static boolean isPipe() {
        try {
            String target = Files.readSymbolicLink(DESCRIPTOR).toString();
            return target.startsWith("pipe:") || target.startsWith("socket:");
        } catch (IOException closedOrAnotherSystem) {
            return false;
        }
    }

    @Override
    public void write(int single) {
        write(new byte[] {(byte) single}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        try {
            out.write(bytes, offset, length);
        } catch (IOException failure) {
            throw failed(failure);
        }
    }

    @Override
    public void flush() {
        try {
            out.flush();
        } catch (IOException failure) {
            throw failed(failure);
        }
    }

    /** Unchecked, because writers and print streams keep only those to themselves that are checked. */
    private LostOutputException failed(IOException failure) {
        boolean hasReaderEnded = isPipe || "Broken pipe".equals(failure.getMessage());
        return new LostOutputException(hasReaderEnded, failure);
    }
}
