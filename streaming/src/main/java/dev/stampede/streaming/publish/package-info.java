/** From Avro records to the values and headers of the records that Stampede publishes, in each output format, and back. */
@NullMarked
package dev.stampede.streaming.publish;

import org.jspecify.annotations.NullMarked;
