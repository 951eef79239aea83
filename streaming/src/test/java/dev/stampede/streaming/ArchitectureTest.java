package dev.stampede.streaming;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.stampede.commandline.CommandException;
import dev.stampede.stamps.ClassCycles;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.junit.jupiter.api.Test;

/** The dependencies between the packages of this module, and on libraries. */
class ArchitectureTest {
    private static final String ROOT = "dev.stampede.streaming.";

    private static final JavaClasses STREAMING = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.stampede.streaming");

    /** The packages from bottom to top: each may use only those before it. */
    private static final List<String> LAYERS = List.of(
            "wire",
            "survey",
            "registry",
            "publish",
            "packet",
            "settings",
            "kafka",
            "monitor",
            "scoring",
            "explain",
            "release",
            "drift",
            "injection",
            "live",
            "deadletter",
            "label",
            "review",
            "topology",
            "offline",
            "service",
            "broker",
            "demo",
            "command.option",
            "command.label",
            "command.model",
            "command.run",
            "command.stamp",
            "command.topic",
            "command");

    @Test
    void everyPackageIsInTheTable() {
        Set<String> packages =
                STREAMING.stream().map(ArchitectureTest::packageOf).collect(Collectors.toCollection(TreeSet::new));
        assertThat(packages).isEqualTo(new TreeSet<>(LAYERS));
    }

    @Test
    void packagesUseOnlyThoseBelowThem() {
        Set<String> upward = new TreeSet<>();
        for (JavaClass one : STREAMING) {
            one.getDirectDependenciesFromSelf().stream()
                    .map(dependency -> dependency.getTargetClass().getBaseComponentType())
                    .filter(target -> target.getPackageName().startsWith(ROOT))
                    .filter(target -> LAYERS.indexOf(packageOf(target)) > LAYERS.indexOf(packageOf(one)))
                    .forEach(target -> upward.add(one.getName() + " -> " + target.getName()));
        }
        assertThat(upward).isEmpty();
    }

    private static String packageOf(JavaClass one) {
        return one.getPackageName().substring(ROOT.length());
    }

    @Test
    void settingsKnowOnlyWhatTheInputIsMadeOf() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + "settings")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(LAYERS.stream()
                        .filter(name -> !Set.of("wire", "survey", "registry", "publish", "packet", "settings")
                                .contains(name))
                        .map(name -> ROOT + name)
                        .toArray(String[]::new))
                .check(STREAMING);
    }

    @Test
    void theBrokerKnowsNoOtherPackage() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + "broker")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(LAYERS.stream()
                        .filter(name -> !name.equals("broker"))
                        .map(name -> ROOT + name)
                        .toArray(String[]::new))
                .check(STREAMING);
    }

    @Test
    void hasNoCycleOfPackages() {
        slices().matching(ROOT + "(**)").should().beFreeOfCycles().check(STREAMING);
    }

    @Test
    void hasNoLargeCycleOfClasses() {
        assertThat(ClassCycles.largerThan(ClassCycles.MAX_CLASSES, STREAMING)).isEmpty();
    }

    @Test
    void commandsOpenNoKafkaClient() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + "command..")
                .should()
                .dependOnClassesThat()
                .belongToAnyOf(KafkaConsumer.class, KafkaProducer.class)
                .check(STREAMING);
    }

    @Test
    void onlyCommandsKnowExitCodes() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + "command..")
                .should()
                .dependOnClassesThat()
                .belongToAnyOf(CommandException.class)
                .check(STREAMING);
    }

    @Test
    void knowsNothingOfTraining() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.stampede.training..", "org.deeplearning4j..", "org.nd4j..")
                .check(STREAMING);
    }
}
