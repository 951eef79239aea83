package dev.stampede.stamps;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The arrows between the packages of this module, and between it and the world. */
class ArchitectureTest {
    private static final String ROOT = "dev.stampede.stamps.";
    private static final JavaClasses STAMPS = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.stampede.stamps");

    @ParameterizedTest(name = "{0} knows only [{1}]")
    @CsvSource({
        "stamp,",
        "normalise, stamp",
        "contract, stamp normalise",
        "population, stamp",
        "score, stamp normalise contract population",
        "explain, stamp normalise contract score population",
        "npy, stamp",
        "fits, stamp",
        "simulate, stamp npy picture",
        "picture, stamp",
        "terminal, stamp",
    })
    void knowsOnlyThePackagesBeforeIt(String ofPackage, String known) {
        List<String> allowed = new ArrayList<>(List.of(ROOT + ofPackage + ".."));
        Stream.ofNullable(known)
                .flatMap(names -> Stream.of(names.split(" ")))
                .map(name -> ROOT + name + "..")
                .forEach(allowed::add);
        classes()
                .that()
                .resideInAPackage(ROOT + ofPackage + "..")
                .should()
                .onlyDependOnClassesThat(resideOutsideOfPackages("dev.stampede.stamps..")
                        .or(resideInAnyPackage(allowed.toArray(String[]::new))))
                .allowEmptyShould(true)
                .check(STAMPS);
    }

    @Test
    void goesInNoCircle() {
        slices().matching(ROOT + "(*)..").should().beFreeOfCycles().check(STAMPS);
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
    void seesTheClassesItSpeaksOf() {
        assertThat(STAMPS).hasSizeGreaterThan(20);
    }
}
