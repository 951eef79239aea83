/** Whether every fuzzed value ends as one outcome. */
@NullMarked
package dev.stampede.systemtests.fuzz;

import org.jspecify.annotations.NullMarked;
