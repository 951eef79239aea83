/** A night of packets in an archive, classified in little memory. */
@NullMarked
package dev.stampede.systemtests.archive;

import org.jspecify.annotations.NullMarked;
