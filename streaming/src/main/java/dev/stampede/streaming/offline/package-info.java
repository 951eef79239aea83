/** Alert packets and stamps in files: inspection, classification and conversion to alerts. */
@NullMarked
package dev.stampede.streaming.offline;

import org.jspecify.annotations.NullMarked;
