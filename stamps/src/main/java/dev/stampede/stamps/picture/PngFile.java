package dev.stampede.stamps.picture;

import dev.stampede.stamps.file.AtomicFile;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Writes pictures as PNG files, which appear whole or not at all. */
public final class PngFile {
    private PngFile() {}

    /** Writes {@code picture} to {@code file} and replaces an existing one; the folder must exist. */
    public static void write(BufferedImage picture, Path file) throws IOException {
        AtomicFile.write(file, out -> {
            // Not a File: if it cannot be written, ImageIO prints a stack trace.
            try (ImageOutputStream png = new MemoryCacheImageOutputStream(out)) {
                if (!ImageIO.write(picture, "png", png)) {
                    throw new IOException("this Java runtime does not support PNG");
                }
            }
        });
    }
}
