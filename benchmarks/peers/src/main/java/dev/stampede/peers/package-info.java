/**
 * The work of the stream, from topic to topic, as users of other tools write it: a loop around Kafka's clients, Flink and
 * Spark. All decode, normalise and score with the same code, {@link dev.stampede.peers.AlertScorer}, and
 * have the client settings of the stream; each runs as a separate program until it is stopped.
 */
@NullMarked
package dev.stampede.peers;

import org.jspecify.annotations.NullMarked;
