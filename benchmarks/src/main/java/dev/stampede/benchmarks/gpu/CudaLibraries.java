package dev.stampede.benchmarks.gpu;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The driver and the libraries that ONNX Runtime 1.28 opens for CUDA, as the dynamic loader finds them. */
final class CudaLibraries {
    /** Part of the jar of the build for GPUs. */
    private static final String PROVIDER = "/ai/onnxruntime/native/linux-x64/libonnxruntime_providers_cuda.so";

    private static final String RUNTIME = "libcudart.so.12";

    /** A function of {@link #RUNTIME} that the provider imports; CUDA 12.6 lacks it. */
    private static final String NEWEST_FUNCTION = "cudaLibraryLoadData";

    /** The entries NEEDED of the provider, and cuDNN, which it opens by itself. */
    private static final Map<String, String> PACKAGES = new LinkedHashMap<>();

    static {
        PACKAGES.put("libcuda.so.1", "the NVIDIA driver");
        PACKAGES.put(RUNTIME, "CUDA 12.8 or a later 12");
        PACKAGES.put("libcublas.so.12", "CUDA 12");
        PACKAGES.put("libcublasLt.so.12", "CUDA 12");
        PACKAGES.put("libcurand.so.10", "CUDA 12");
        PACKAGES.put("libcudnn.so.9", "cuDNN 9");
    }

    private final List<Path> folders;
    private final String cache;
    private final boolean isGpuBuild;

    /**
     * The libraries of some machine.
     *
     * @param folders those of {@code LD_LIBRARY_PATH}
     * @param cache what {@code ldconfig -p} prints
     * @param isGpuBuild whether the class path has the build of ONNX Runtime for GPUs
     */
    CudaLibraries(List<Path> folders, String cache, boolean isGpuBuild) {
        this.folders = List.copyOf(folders);
        this.cache = cache;
        this.isGpuBuild = isGpuBuild;
    }

    /** Those of this machine and this class path. */
    static CudaLibraries ofThisMachine() throws InterruptedException {
        String path = System.getenv().getOrDefault("LD_LIBRARY_PATH", "");
        return new CudaLibraries(
                Stream.of(path.split(":", -1))
                        .filter(folder -> !folder.isEmpty())
                        .map(Path::of)
                        .toList(),
                NvidiaSmi.output(List.of("/sbin/ldconfig", "-p")).orElse(""),
                CudaLibraries.class.getResource(PROVIDER) != null);
    }

    /** Fails with everything that is missing. */
    Finding find() throws IOException, InterruptedException {
        Map<String, Object> figures = new LinkedHashMap<>();
        List<String> missing = new ArrayList<>();
        if (!isGpuBuild) {
            missing.add(
                    "onnxruntime_gpu (this build has ONNX Runtime for the CPU only: start with STAMPEDE_CUDA=true)");
        }
        for (Map.Entry<String, String> library : PACKAGES.entrySet()) {
            Optional<Path> file = file(library.getKey());
            String required = library.getKey() + " (" + library.getValue();
            if (file.isPresent()) {
                Path found = file.get().toRealPath();
                figures.put(library.getKey(), found.toString());
                if (library.getKey().equals(RUNTIME) && !hasNewestFunction(found)) {
                    missing.add(required + "; " + found + " is older, since it lacks " + NEWEST_FUNCTION + ")");
                }
            } else {
                missing.add(required + ")");
            }
        }
        String gpu = NvidiaSmi.query("name,driver_version,memory.total").orElse("unknown: nvidia-smi does not run");
        figures.put("gpu", gpu);
        if (!missing.isEmpty()) {
            return Finding.bad(
                    "Missing: " + String.join(", ", missing)
                            + ". Install what is missing and put the folders of the libraries on LD_LIBRARY_PATH, or"
                            + " use the tarball with the CUDA libraries (docs/how-to/use-a-gpu.md)",
                    figures);
        }
        return Finding.good("GPU, driver, memory in MiB: " + gpu, figures);
    }

    /** Whether the name is in the file, as those of all functions that a library exports. */
    private static boolean hasNewestFunction(Path library) throws IOException {
        return new String(Files.readAllBytes(library), StandardCharsets.ISO_8859_1).contains(NEWEST_FUNCTION);
    }

    private Optional<Path> file(String name) {
        Optional<Path> onPath = folders.stream()
                .map(folder -> folder.resolve(name))
                .filter(Files::isRegularFile)
                .findFirst();
        return onPath.or(() -> cache.lines()
                .map(String::strip)
                .filter(line -> line.startsWith(name + " ") && line.contains("x86-64"))
                .map(line -> Path.of(line.substring(line.indexOf("=> ") + 3)))
                .findFirst());
    }
}
