package dev.stampede.training;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.stampede.stamps.ClassCycles;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The dependencies between the packages of this module, and on libraries. */
class ArchitectureTest {
    private static final String ROOT = "dev.stampede.training.";
    private static final JavaClasses TRAINING = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.stampede.training");

    /** Each package and the other packages of this module that it may use. */
    private static final Map<String, Set<String>> ARROWS = Map.ofEntries(
            entry("fetch", Set.of()),
            entry("dataset", Set.of()),
            entry("network.layer", Set.of()),
            entry("network", Set.of("dataset", "network.layer")),
            entry("calibrate", Set.of("dataset", "network")),
            entry("fit", Set.of("dataset", "network", "calibrate")),
            entry("evaluate", Set.of("dataset", "calibrate")),
            entry("export", Set.of("dataset", "network", "network.layer", "calibrate")),
            entry("gate", Set.of("dataset", "calibrate", "evaluate")),
            entry("report", Set.of("dataset", "fit", "calibrate", "evaluate", "gate")),
            entry("pipeline", Set.of("dataset", "network", "calibrate", "fit", "evaluate", "export", "gate", "report")),
            entry("job", Set.of("dataset", "report")),
            entry(
                    "command",
                    Set.of(
                            "dataset",
                            "network",
                            "fit",
                            "evaluate",
                            "export",
                            "gate",
                            "report",
                            "pipeline",
                            "job",
                            "fetch")));

    @Test
    void usesOnlyTheListedPackages() {
        Map<String, Set<String>> used = new TreeMap<>();
        for (JavaClass one : TRAINING) {
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
        slices().matching(ROOT + "(**)").should().beFreeOfCycles().check(TRAINING);
    }

    @Test
    void hasNoLargeCycleOfClasses() {
        assertThat(ClassCycles.largerThan(ClassCycles.MAX_CLASSES, TRAINING)).isEmpty();
    }

    @Test
    void doesNotUseKafka() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.stampede.streaming..", "org.apache.kafka..")
                .check(TRAINING);
    }

    @Test
    void onlyCommandsUseTheCommandLine() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + "command..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.stampede.commandline..", "picocli..")
                .check(TRAINING);
    }

    @Test
    void onlyFitAndReportDrawCharts() {
        noClasses()
                .that()
                .resideOutsideOfPackages(ROOT + "fit..", ROOT + "report..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.knowm.xchart..")
                .check(TRAINING);
    }
}
