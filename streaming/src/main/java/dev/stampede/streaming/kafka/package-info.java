/** Reading, sending and checking Kafka topics. */
@NullMarked
package dev.stampede.streaming.kafka;

import org.jspecify.annotations.NullMarked;
