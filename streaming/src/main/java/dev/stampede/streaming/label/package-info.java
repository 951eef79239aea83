/** Labels: tables of them, and the export of labelled stamps for training. */
@NullMarked
package dev.stampede.streaming.label;

import org.jspecify.annotations.NullMarked;
