/** From the bytes of a Kafka record to an alert, and from records to bytes. */
@NullMarked
package dev.stampede.streaming.packet;

import org.jspecify.annotations.NullMarked;
