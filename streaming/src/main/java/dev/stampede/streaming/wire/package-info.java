/** Between bytes and Avro records: framings, codecs, error classes. */
@NullMarked
package dev.stampede.streaming.wire;

import org.jspecify.annotations.NullMarked;
