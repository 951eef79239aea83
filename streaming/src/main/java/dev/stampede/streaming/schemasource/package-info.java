/** Where the schemas of packets come from that carry only a schema's number: a registry, or a folder. */
@NullMarked
package dev.stampede.streaming.schemasource;

import org.jspecify.annotations.NullMarked;
