package dev.stampede.stamps;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The dependencies between the packages of this module, and on libraries. */
class ArchitectureTest {
    private static final String ROOT = "dev.stampede.stamps.";
    private static final JavaClasses STAMPS = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.stampede.stamps");

    /** Each package and the other packages of this module that it may use. */
    private static final Map<String, Set<String>> ARROWS = Map.ofEntries(
            entry("error", Set.of()),
            entry("file", Set.of("error")),
            entry("table", Set.of("error")),
            entry("stamp", Set.of()),
            entry("normalise", Set.of("stamp")),
            entry("protobuf", Set.of()),
            entry("contract", Set.of("stamp", "normalise", "error", "file", "protobuf")),
            entry("onnx", Set.of("contract", "error", "protobuf")),
            entry("adopt", Set.of("stamp", "normalise", "contract", "score", "onnx", "file", "error")),
            entry("population", Set.of("stamp")),
            entry("resample", Set.of("stamp")),
            entry("score", Set.of("stamp", "normalise", "contract", "population", "error", "file")),
            entry("explain", Set.of("stamp", "normalise", "contract", "score", "picture")),
            entry("npy", Set.of("stamp", "error", "file")),
            entry("fits", Set.of("stamp", "file")),
            entry("parquet", Set.of()),
            entry("hdf5", Set.of()),
            entry("results", Set.of("stamp", "npy", "error", "file", "results.format")),
            entry("results.format", Set.of("stamp", "npy", "fits", "table", "error", "parquet", "hdf5")),
            entry("random", Set.of()),
            entry("search", Set.of("stamp")),
            entry("simulate", Set.of("stamp", "random")),
            entry("simulate.stack", Set.of("stamp", "random", "search", "simulate")),
            entry(
                    "simulate.output",
                    Set.of(
                            "stamp",
                            "search",
                            "simulate",
                            "simulate.stack",
                            "npy",
                            "picture",
                            "table",
                            "file",
                            "error")),
            entry("injection", Set.of("stamp", "random", "simulate", "simulate.output", "file", "picture", "error")),
            entry("picture", Set.of("stamp", "file")));

    @Test
    void usesOnlyTheListedPackages() {
        Map<String, Set<String>> used = new TreeMap<>();
        for (JavaClass one : STAMPS) {
            Set<String> others = used.computeIfAbsent(packageOf(one), name -> new TreeSet<>());
            one.getDirectDependenciesFromSelf().stream()
                    .map(dependency -> dependency.getTargetClass().getBaseComponentType())
                    .filter(target -> target.getPackageName().startsWith(ROOT))
                    .map(ArchitectureTest::packageOf)
                    .filter(other -> !other.equals(packageOf(one)))
                    .forEach(others::add);
        }
        assertThat(used.keySet()).as("every package is in the table").isEqualTo(ARROWS.keySet());
        used.forEach((name, others) -> assertThat(ARROWS.get(name)).as(name).containsAll(others));
    }

    private static String packageOf(JavaClass one) {
        return one.getPackageName().substring(ROOT.length());
    }

    @Test
    void hasNoCycleOfPackages() {
        slices().matching(ROOT + "(*)..").should().beFreeOfCycles().check(STAMPS);
    }

    @Test
    void hasNoLargeCycleOfClasses() {
        assertThat(ClassCycles.largerThan(ClassCycles.MAX_CLASSES, STAMPS)).isEmpty();
    }

    @Test
    void knowsNeitherKafkaNorAvroNorDeeplearning4j() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.apache.kafka..",
                        "org.apache.avro..",
                        "org.deeplearning4j..",
                        "org.nd4j..",
                        "dev.stampede.schemas..",
                        "dev.stampede.training..",
                        "dev.stampede.streaming..")
                .check(STAMPS);
    }

    @Test
    void runsOnnxRuntimeInOnePackageOnly() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + "score..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("ai.onnxruntime..")
                .check(STAMPS);
    }

    @Test
    void importsTheClasses() {
        assertThat(STAMPS).hasSizeGreaterThan(20);
    }
}
