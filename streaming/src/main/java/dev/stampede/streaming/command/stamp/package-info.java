/** Commands on files of stamps and packets: classify, explain, inspect, simulate. */
@NullMarked
package dev.stampede.streaming.command.stamp;

import org.jspecify.annotations.NullMarked;
