/** From alerts and labels on topics to a folder of labelled stamps that training reads. */
@NullMarked
package dev.stampede.streaming.archive;

import org.jspecify.annotations.NullMarked;
