/** Processes, brokers, a feed and a log of outcomes: what every system test and measurement needs. */
@NullMarked
package dev.stampede.systemtests.harness;

import org.jspecify.annotations.NullMarked;
