package dev.stampede.benchmarks.startup;

/** A program that prints one line: the bound of all commands. */
final class EmptyProgram {
    private EmptyProgram() {}

    public static void main(String[] arguments) {
        System.out.println("started");
    }
}
