/** What Stampede costs: one class a question, each with the command that answers it. */
@NullMarked
package dev.stampede.benchmarks;

import org.jspecify.annotations.NullMarked;
