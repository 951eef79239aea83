package dev.stampede.stamps;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ClassCyclesTest {
    @Test
    void findsTheGroupsThatDependOnEachOther() {
        Map<String, Set<String>> graph = Map.of(
                "a", Set.of("b"),
                "b", Set.of("c", "d"),
                "c", Set.of("a"),
                "d", Set.of("e"),
                "e", Set.of("d"),
                "f", Set.of("a", "f"));
        assertThat(ClassCycles.of(graph))
                .containsExactlyInAnyOrder(Set.of("a", "b", "c"), Set.of("d", "e"), Set.of("f"));
    }

    @Test
    void countsNestedClassesAsTheirTopLevelClass() {
        assertThat(ClassCycles.largerThan(1, new ClassFileImporter().importClasses(Left.class, Right.class)))
                .isEmpty();
        assertThat(ClassCycles.largerThan(0, new ClassFileImporter().importClasses(Left.class, Right.class)))
                .containsExactly(Set.of(ClassCyclesTest.class.getName()));
    }

    private record Left(Right right) {}

    private record Right(Left left) {}
}
