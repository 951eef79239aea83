/** Commands on files of stamps and packets: classify, explain, inspect, simulate, inject-training. */
@NullMarked
package dev.stampede.streaming.command.stamp;

import org.jspecify.annotations.NullMarked;
