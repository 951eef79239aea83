/** The live page: the newest candidates, what the stream does now, and why a stamp got its verdict. Read-only, but for labels where the settings allow them. */
@NullMarked
package dev.stampede.streaming.live;

import org.jspecify.annotations.NullMarked;
