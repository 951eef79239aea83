/**
 * The work of the stream, from topic to topic, as users of other tools write it: a loop around Kafka's clients, Flink and
 * Spark. All decode, normalise and score with the same code, {@link dev.stampede.peers.AlertScorer}, so that only the
 * frameworks differ; each runs as a program of its own until it is stopped.
 */
@NullMarked
package dev.stampede.peers;

import org.jspecify.annotations.NullMarked;
