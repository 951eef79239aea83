package dev.stampede.benchmarks;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.stampede.stamps.ClassCycles;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final String ROOT = "dev.stampede.benchmarks";
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT);

    @Test
    void aMeasurementKnowsNoOtherExceptThatOfTheGpuWhichMeasuresTheStream() {
        layeredArchitecture()
                .consideringOnlyDependenciesInAnyPackage(ROOT + "..")
                .layer("command")
                .definedBy(ROOT + ".command")
                .layer("stream")
                .definedBy(ROOT + ".stream")
                .layer("latency")
                .definedBy(ROOT + ".latency")
                .layer("packets")
                .definedBy(ROOT + ".packets")
                .layer("train")
                .definedBy(ROOT + ".train")
                .layer("peers")
                .definedBy(ROOT + ".peers")
                .layer("startup")
                .definedBy(ROOT + ".startup")
                .layer("gpu")
                .definedBy(ROOT + ".gpu")
                .layer("rate")
                .definedBy(ROOT + ".rate")
                .whereLayer("command")
                .mayOnlyAccessLayers("stream", "latency", "packets", "peers", "train", "startup", "gpu")
                .whereLayer("stream")
                .mayOnlyAccessLayers("rate")
                .whereLayer("peers")
                .mayOnlyAccessLayers("rate")
                .whereLayer("train")
                .mayOnlyAccessLayers("rate")
                .whereLayer("latency")
                .mayNotAccessAnyLayer()
                .whereLayer("startup")
                .mayNotAccessAnyLayer()
                .whereLayer("packets")
                .mayOnlyAccessLayers("rate")
                .whereLayer("gpu")
                .mayOnlyAccessLayers("stream", "rate")
                .whereLayer("rate")
                .mayNotAccessAnyLayer()
                .check(CLASSES);
    }

    @Test
    void hasNoLargeCycleOfClasses() {
        assertThat(ClassCycles.largerThan(ClassCycles.MAX_CLASSES, CLASSES)).isEmpty();
    }
}
