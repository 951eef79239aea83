package dev.stampede.stamps.file;

import dev.stampede.stamps.error.StampedeException;

/**
 * Native libraries that unpack themselves to the temporary folder when they are loaded, and whose file stays there if the
 * process is killed. A loaded library needs its file no longer.
 */
public final class UnpackedLibrary {
    private static final String TEMPORARY_FOLDER = "java.io.tmpdir";

    private UnpackedLibrary() {}

    /**
     * Has a library loaded from a separate folder, which is deleted at once. Nothing happens if the temporary folder cannot
     * be written or does not allow execution: who needs the library then reports it. To be called before other threads use
     * the temporary folder.
     *
     * @param use loads the library; it looks for the temporary folder in {@code java.io.tmpdir}
     */
    public static synchronized void load(Runnable use) {
        String temporary = System.getProperty(TEMPORARY_FOLDER);
        try (TemporaryFolder folder = TemporaryFolder.create("library")) {
            System.setProperty(TEMPORARY_FOLDER, folder.path().toString());
            use.run();
        } catch (StampedeException | LinkageError unusable) {
            System.getLogger(UnpackedLibrary.class.getName())
                    .log(System.Logger.Level.DEBUG, "Cannot load a library before it is needed", unusable);
        } finally {
            System.setProperty(TEMPORARY_FOLDER, temporary);
        }
    }
}
