/** Whether memory, threads, files and latency stay flat under a steady load with faults, or with a backlog. */
@NullMarked
package dev.stampede.systemtests.soak;

import org.jspecify.annotations.NullMarked;
