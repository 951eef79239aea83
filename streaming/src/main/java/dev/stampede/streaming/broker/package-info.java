/** A Kafka broker inside this JVM, for the demo and the tests. */
@NullMarked
package dev.stampede.streaming.broker;

import org.jspecify.annotations.NullMarked;
