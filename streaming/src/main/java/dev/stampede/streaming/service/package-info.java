/** The running application: wiring, topics and access rights, configuration of Kafka Streams, and shutdown. */
@NullMarked
package dev.stampede.streaming.service;

import org.jspecify.annotations.NullMarked;
