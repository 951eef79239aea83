/** Every setting of the stream, declared once, and the sources that settings are read from. */
@NullMarked
package dev.stampede.streaming.settings;

import org.jspecify.annotations.NullMarked;
