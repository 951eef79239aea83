package dev.stampede.commandline;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.stampede.stamps.ClassCycles;
import org.junit.jupiter.api.Test;

/** The dependencies of this module, which has one package. */
class ArchitectureTest {
    private static final JavaClasses COMMANDLINE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.stampede.commandline");

    @Test
    void usesOnlyJacksonPicocliAndTheErrorsFilesTablesAndArraysOfStamps() {
        classes()
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java..",
                        "org.jspecify.annotations",
                        "picocli",
                        "com.fasterxml.jackson..",
                        "dev.stampede.stamps.error",
                        "dev.stampede.stamps.file",
                        "dev.stampede.stamps.npy",
                        "dev.stampede.stamps.table",
                        "dev.stampede.commandline")
                .check(COMMANDLINE);
    }

    @Test
    void hasNoLargeCycleOfClasses() {
        assertThat(ClassCycles.largerThan(ClassCycles.MAX_CLASSES, COMMANDLINE)).isEmpty();
    }
}
