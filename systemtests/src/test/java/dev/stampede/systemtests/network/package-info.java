/** A cluster of brokers on separate hosts, while the network between them and the stream, or a disk, fails. */
@NullMarked
package dev.stampede.systemtests.network;

import org.jspecify.annotations.NullMarked;
