package dev.stampede.streaming;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final String ROOT = "dev.stampede.streaming";
    private final JavaClasses classes = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT);

    @Test
    void stagesKnowOnlyThoseBeforeThem() {
        layeredArchitecture()
                .consideringOnlyDependenciesInAnyPackage(ROOT + "..")
                .layer("survey")
                .definedBy(ROOT + ".survey..")
                .layer("schemasource")
                .definedBy(ROOT + ".schemasource..")
                .layer("packet")
                .definedBy(ROOT + ".packet..")
                .layer("observe")
                .definedBy(ROOT + ".observe..")
                .layer("explain")
                .definedBy(ROOT + ".explain..")
                .layer("scoring")
                .definedBy(ROOT + ".scoring..")
                .layer("release")
                .definedBy(ROOT + ".release..")
                .layer("publish")
                .definedBy(ROOT + ".publish..")
                .layer("topology")
                .definedBy(ROOT + ".topology..")
                .layer("broker")
                .definedBy(ROOT + ".broker..")
                .layer("live")
                .definedBy(ROOT + ".live..")
                .layer("watch")
                .definedBy(ROOT + ".watch..")
                .layer("canary")
                .definedBy(ROOT + ".canary..")
                .layer("history")
                .definedBy(ROOT + ".history..")
                .layer("archive")
                .definedBy(ROOT + ".archive..")
                .layer("review")
                .definedBy(ROOT + ".review..")
                .layer("demo")
                .definedBy(ROOT + ".demo..")
                .layer("command")
                .definedBy(ROOT + ".command..")
                .whereLayer("observe")
                .mayOnlyAccessLayers("packet")
                .whereLayer("survey")
                .mayNotAccessAnyLayer()
                .whereLayer("schemasource")
                .mayOnlyAccessLayers("survey")
                .whereLayer("packet")
                .mayOnlyAccessLayers("survey", "schemasource")
                .whereLayer("broker")
                .mayNotAccessAnyLayer()
                .whereLayer("explain")
                .mayNotAccessAnyLayer()
                .whereLayer("scoring")
                .mayOnlyAccessLayers("packet", "schemasource", "observe", "explain")
                .whereLayer("publish")
                .mayOnlyAccessLayers("packet", "scoring", "explain")
                .whereLayer("release")
                .mayOnlyAccessLayers("packet", "observe", "scoring")
                .whereLayer("topology")
                .mayOnlyAccessLayers("packet", "schemasource", "observe", "explain", "scoring", "publish", "release")
                .whereLayer("live")
                .mayOnlyAccessLayers("packet", "scoring", "observe")
                .whereLayer("watch")
                .mayOnlyAccessLayers("packet", "scoring", "observe")
                .whereLayer("canary")
                .mayOnlyAccessLayers("packet", "scoring", "publish")
                .whereLayer("history")
                .mayNotAccessAnyLayer()
                .whereLayer("archive")
                .mayOnlyAccessLayers("history", "packet", "survey")
                .whereLayer("review")
                .mayNotAccessAnyLayer()
                .whereLayer("demo")
                .mayOnlyBeAccessedByLayers("command")
                .whereLayer("command")
                .mayNotBeAccessedByAnyLayer()
                .check(classes);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(classes);
    }

    @Test
    void knowsNothingOfTraining() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.stampede.training..", "org.deeplearning4j..", "org.nd4j..")
                .check(classes);
    }
}
