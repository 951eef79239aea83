/** The Kafka Streams topology from alerts to classifications and dead letters. */
@NullMarked
package dev.stampede.streaming.topology;

import org.jspecify.annotations.NullMarked;
