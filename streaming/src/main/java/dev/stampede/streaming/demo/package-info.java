/** The whole pipeline in one JVM, with a check of every record. */
@NullMarked
package dev.stampede.streaming.demo;

import org.jspecify.annotations.NullMarked;
