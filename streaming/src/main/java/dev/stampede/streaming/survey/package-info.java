/** What a survey's packets look like: declarative descriptions, bound to the schema that a packet was written with. */
@NullMarked
package dev.stampede.streaming.survey;

import org.jspecify.annotations.NullMarked;
