/** The command line of the measurements and system tests. */
@NullMarked
package dev.stampede.benchmarks.command;

import org.jspecify.annotations.NullMarked;
