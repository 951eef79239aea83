package dev.stampede.streaming.command.stamp;

import dev.stampede.commandline.Output;

/** Prints the header with the first row, so that nothing is printed if the first file cannot be read. */
final class LazyOutput<T> {
    private final Output<T> output;
    private boolean hasBegun;

    LazyOutput(Output<T> output) {
        this.output = output;
    }

    void print(T row) {
        begin();
        output.print(row);
    }

    /** Prints the header, if no row has. */
    void begin() {
        if (!hasBegun) {
            output.begin();
            hasBegun = true;
        }
    }
}
