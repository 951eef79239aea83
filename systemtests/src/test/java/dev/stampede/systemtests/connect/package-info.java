/** The recipe of {@code deploy/connect} on a worker of Kafka Connect. */
@NullMarked
package dev.stampede.systemtests.connect;

import org.jspecify.annotations.NullMarked;
