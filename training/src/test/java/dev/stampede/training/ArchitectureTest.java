package dev.stampede.training;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final String ROOT = "dev.stampede.training";
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT);

    @Test
    void stagesKnowOnlyThoseBeforeThem() {
        layeredArchitecture()
                .consideringOnlyDependenciesInAnyPackage(ROOT + "..")
                .layer("dataset")
                .definedBy(ROOT + ".dataset..")
                .layer("network")
                .definedBy(ROOT + ".network..")
                .layer("fit")
                .definedBy(ROOT + ".fit..")
                .layer("evaluate")
                .definedBy(ROOT + ".evaluate..")
                .layer("export")
                .definedBy(ROOT + ".export..")
                .layer("gate")
                .definedBy(ROOT + ".gate..")
                .layer("report")
                .definedBy(ROOT + ".report..")
                .layer("fetch")
                .definedBy(ROOT + ".fetch..")
                .layer("command")
                .definedBy(ROOT + ".command..")
                .whereLayer("dataset")
                .mayNotAccessAnyLayer()
                .whereLayer("fetch")
                .mayNotAccessAnyLayer()
                .whereLayer("network")
                .mayOnlyAccessLayers("dataset")
                .whereLayer("evaluate")
                .mayOnlyAccessLayers("dataset", "network")
                .whereLayer("fit")
                .mayOnlyAccessLayers("dataset", "network", "evaluate")
                .whereLayer("export")
                .mayOnlyAccessLayers("dataset", "network", "evaluate")
                .whereLayer("gate")
                .mayOnlyAccessLayers("dataset", "evaluate")
                .whereLayer("report")
                .mayOnlyAccessLayers("dataset", "evaluate", "gate")
                .whereLayer("command")
                .mayNotBeAccessedByAnyLayer()
                .check(CLASSES);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void knowsNothingOfStreams() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.stampede.streaming..", "org.apache.kafka..")
                .check(CLASSES);
    }

    @Test
    void onlyTheFitAndTheReportDraw() {
        noClasses()
                .that()
                .resideOutsideOfPackages(ROOT + ".fit..", ROOT + ".report..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.knowm.xchart..")
                .check(CLASSES);
    }
}
