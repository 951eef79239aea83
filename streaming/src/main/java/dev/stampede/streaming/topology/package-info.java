/** The Kafka Streams application: its settings, its topology and its life. */
@NullMarked
package dev.stampede.streaming.topology;

import org.jspecify.annotations.NullMarked;
