/** Whether every alert keeps its one right outcome when instances and brokers fail. */
@NullMarked
package dev.stampede.systemtests.crash;

import org.jspecify.annotations.NullMarked;
