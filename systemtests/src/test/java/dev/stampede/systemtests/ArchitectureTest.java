package dev.stampede.systemtests;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.library.Architectures.LayeredArchitecture;
import dev.stampede.stamps.ClassCycles;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final String ROOT = "dev.stampede.systemtests";
    private static final String[] TESTS = {
        "crash",
        "soak",
        "fuzz",
        "lifecycle",
        "drill",
        "mirror",
        "archive",
        "connect",
        "notebook",
        "container",
        "registry",
        "network",
        "documentation"
    };
    private static final JavaClasses CLASSES = new ClassFileImporter().importPackages(ROOT);

    @Test
    void aSystemTestKnowsTheHarnessAndNoOtherSystemTest() {
        LayeredArchitecture layers = layeredArchitecture()
                .consideringOnlyDependenciesInAnyPackage(ROOT + "..")
                .layer("harness")
                .definedBy(ROOT + ".harness")
                .whereLayer("harness")
                .mayNotAccessAnyLayer();
        for (String test : TESTS) {
            layers = layers.layer(test)
                    .definedBy(ROOT + "." + test)
                    .whereLayer(test)
                    .mayOnlyAccessLayers("harness");
        }
        layers.check(CLASSES);
    }

    @Test
    void hasNoLargeCycleOfClasses() {
        assertThat(ClassCycles.largerThan(ClassCycles.MAX_CLASSES, CLASSES)).isEmpty();
    }
}
