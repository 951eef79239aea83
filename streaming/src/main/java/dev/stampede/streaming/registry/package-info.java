/** Schemas of packets that carry only a schema id: from a schema registry or from a folder. */
@NullMarked
package dev.stampede.streaming.registry;

import org.jspecify.annotations.NullMarked;
