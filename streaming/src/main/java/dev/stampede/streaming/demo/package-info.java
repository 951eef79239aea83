/** The whole pipeline in one JVM, checked to the record. */
@NullMarked
package dev.stampede.streaming.demo;

import org.jspecify.annotations.NullMarked;
