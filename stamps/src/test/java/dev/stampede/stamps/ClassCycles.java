package dev.stampede.stamps;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Groups of classes that all depend on each other, directly or not: the strongly connected components of the graph of
 * dependencies (Tarjan 1972, SIAM J. Comput. 1, 146). A nested class counts as its top-level class.
 */
public final class ClassCycles {
    /** The largest group that the architecture tests allow. */
    public static final int MAX_CLASSES = 3;

    private final Map<String, Set<String>> graph;
    private final Map<String, Integer> indices = new HashMap<>();
    private final Map<String, Integer> lowest = new HashMap<>();
    private final Deque<String> stack = new ArrayDeque<>();
    private final List<Set<String>> components = new ArrayList<>();

    private ClassCycles(Map<String, Set<String>> graph) {
        this.graph = graph;
    }

    /** The groups of more than {@code maxClasses} of these classes, by their names. */
    public static List<Set<String>> largerThan(int maxClasses, JavaClasses classes) {
        Map<String, Set<String>> graph = new TreeMap<>();
        for (JavaClass one : classes) {
            Set<String> known = graph.computeIfAbsent(topLevel(one), name -> new TreeSet<>());
            for (Dependency dependency : one.getDirectDependenciesFromSelf()) {
                known.add(topLevel(dependency.getTargetClass()));
            }
        }
        graph.values().forEach(known -> known.retainAll(graph.keySet()));
        return of(graph).stream().filter(group -> group.size() > maxClasses).toList();
    }

    /** All components of a graph from a name to the names that it depends on. */
    static List<Set<String>> of(Map<String, Set<String>> graph) {
        ClassCycles cycles = new ClassCycles(graph);
        graph.keySet().forEach(name -> {
            if (!cycles.indices.containsKey(name)) {
                cycles.visit(name);
            }
        });
        return cycles.components;
    }

    private static String topLevel(JavaClass one) {
        return one.getBaseComponentType().getName().replaceFirst("\\$.*", "");
    }

    private void visit(String name) {
        int index = indices.size();
        indices.put(name, index);
        lowest.put(name, index);
        stack.push(name);
        for (String known : graph.getOrDefault(name, Set.of())) {
            if (!indices.containsKey(known)) {
                visit(known);
                lowest.merge(name, lowest.get(known), Math::min);
            } else if (stack.contains(known)) {
                lowest.merge(name, indices.get(known), Math::min);
            }
        }
        if (lowest.get(name) == index) {
            Set<String> component = new TreeSet<>();
            String member;
            do {
                member = stack.pop();
                component.add(member);
            } while (!member.equals(name));
            components.add(component);
        }
    }
}
