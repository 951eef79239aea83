package dev.stampede.stamps.score;

import ai.onnxruntime.OrtEnvironment;
import dev.stampede.stamps.error.FailureReason;
import dev.stampede.stamps.file.AtomicFile;
import dev.stampede.stamps.file.Folders;
import dev.stampede.stamps.file.TemporaryFolder;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * Loads the native libraries of ONNX Runtime from a folder of the user's cache, to which they are unpacked once: by itself
 * ONNX Runtime unpacks them at every start to a temporary folder, which stays behind when the process is killed.
 */
final class OnnxLibraries {
    /** The property by which ONNX Runtime finds unpacked libraries. */
    private static final String PATH = "onnxruntime.native.path";

    private static final String RESOURCES = "/ai/onnxruntime/native/";

    /** Libraries that other libraries need come first. */
    private static final List<String> NAMES = List.of(
            "onnxruntime",
            "onnxruntime4j_jni",
            "onnxruntime_providers_shared",
            "onnxruntime_providers_cuda",
            "onnxruntime_providers_tensorrt");

    private static final String CANNOT_LOAD = "Cannot load ONNX Runtime: ";

    private static @Nullable OrtEnvironment environment;

    private OnnxLibraries() {}

    /**
     * The one environment of the process, which is never closed.
     *
     * @throws EngineUnavailableException if the libraries cannot be unpacked or loaded
     * @throws dev.stampede.stamps.error.StampedeException if the temporary folder cannot be written
     */
    static synchronized OrtEnvironment load() {
        if (environment == null) {
            SingleRuntimeCheck.require(OnnxLibraries.class.getClassLoader());
            Map<String, URL> libraries = libraries(platform());
            if (System.getProperty(PATH) == null && !libraries.isEmpty()) {
                System.setProperty(PATH, unpack(libraries).toString());
            }
            environment = initialise();
        }
        return environment;
    }

    /** The libraries on the class path, by file name. */
    private static Map<String, URL> libraries(String platform) {
        Map<String, URL> libraries = new TreeMap<>();
        for (String name : NAMES) {
            String file = System.mapLibraryName(name);
            URL resource = OrtEnvironment.class.getResource(RESOURCES + platform + "/" + file);
            if (resource != null) {
                libraries.put(file, resource);
            }
        }
        return libraries;
    }

    /** The name of the operating system and the processor in the jar of ONNX Runtime. */
    private static String platform() {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        String processor = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
        String systemName = system.contains("mac") ? "osx" : system.contains("win") ? "win" : "linux";
        return systemName + "-" + (processor.equals("amd64") || processor.equals("x86_64") ? "x64" : processor);
    }

    /** Unpacks the libraries to the first cache from which they can be loaded. */
    private static Path unpack(Map<String, URL> libraries) {
        List<String> reasons = new ArrayList<>();
        for (NativeCache cache : NativeCache.values()) {
            try {
                Path folder = unpacked(cache.create(), libraries);
                // Fails if the file system does not allow execution, which only this reveals.
                System.load(folder.resolve(System.mapLibraryName(NAMES.get(0))).toString());
                return folder;
            } catch (IOException failure) {
                reasons.add(cache.folder() + ": " + FailureReason.of(failure));
            } catch (UnsatisfiedLinkError failure) {
                // The loader puts the path of the library before its reason, twice.
                reasons.add(cache.folder() + ": " + FailureReason.of(failure).replaceFirst(".*: ", ""));
            }
        }
        throw new EngineUnavailableException(CANNOT_LOAD + "its libraries are unpacked to a cache, but "
                + String.join("; ", reasons)
                + ". Set XDG_CACHE_HOME to a folder that is writable and on a file system that allows execution.");
    }

    private static Path unpacked(Path cache, Map<String, URL> libraries) throws IOException {
        Path folder =
                cache.resolve("onnxruntime-" + OrtEnvironment.class.getPackage().getImplementationVersion() + "-"
                        + platform() + "-" + checksum(libraries));
        if (!isComplete(folder, libraries)) {
            try (FileChannel channel = FileChannel.open(
                            cache.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock lock = channel.lock()) {
                if (lock.isValid() && !isComplete(folder, libraries)) { // else another process was faster
                    Folders.delete(folder);
                    AtomicFile.create(folder, temporary -> copy(libraries, temporary));
                }
            }
        }
        return folder;
    }

    /** Changes with the content of the libraries: builds for CPU and GPU have the same version. */
    private static String checksum(Map<String, URL> libraries) throws IOException {
        CRC32 sum = new CRC32();
        for (URL library : libraries.values()) {
            long crc = library.openConnection() instanceof JarURLConnection jar
                    ? jar.getJarEntry().getCrc()
                    : library.openConnection().getContentLengthLong();
            sum.update(ByteBuffer.allocate(Long.BYTES).putLong(crc).flip());
        }
        return Long.toHexString(sum.getValue());
    }

    private static boolean isComplete(Path folder, Map<String, URL> libraries) throws IOException {
        for (Map.Entry<String, URL> library : libraries.entrySet()) {
            Path file = folder.resolve(library.getKey());
            if (!Files.isRegularFile(file)
                    || Files.size(file) != library.getValue().openConnection().getContentLengthLong()) {
                return false;
            }
        }
        return true;
    }

    private static Path copy(Map<String, URL> libraries, Path folder) throws IOException {
        Files.createDirectory(folder);
        for (Map.Entry<String, URL> library : libraries.entrySet()) {
            try (InputStream content = library.getValue().openStream()) {
                Files.copy(content, folder.resolve(library.getKey()));
            }
        }
        return folder;
    }

    /** Initialises ONNX Runtime, which also creates an empty temporary folder, and deletes that folder. */
    private static OrtEnvironment initialise() {
        Set<Path> before = temporaryFolders();
        try {
            return OrtEnvironment.getEnvironment();
        } catch (ExceptionInInitializerError | NoClassDefFoundError failure) {
            Throwable cause = failure.getCause() == null ? failure : failure.getCause();
            throw new EngineUnavailableException(CANNOT_LOAD + FailureReason.of(cause) + ".", failure);
        } finally {
            Set<Path> created = temporaryFolders();
            created.removeAll(before);
            if (created.size() == 1) { // else another program starts at the same moment
                deleteIfEmpty(created.iterator().next());
            }
        }
    }

    private static Set<Path> temporaryFolders() {
        Set<Path> folders = new HashSet<>();
        Path root = Path.of(System.getProperty("java.io.tmpdir"));
        try (DirectoryStream<Path> found = Files.newDirectoryStream(root, "onnxruntime-java*")) {
            found.forEach(folders::add);
        } catch (IOException unusable) {
            throw TemporaryFolder.unusable(unusable);
        }
        return folders;
    }

    private static void deleteIfEmpty(Path folder) {
        try {
            Files.delete(folder);
        } catch (IOException inUse) {
            System.getLogger(OnnxLibraries.class.getName())
                    .log(System.Logger.Level.DEBUG, "Cannot delete " + folder, inUse);
        }
    }
}
