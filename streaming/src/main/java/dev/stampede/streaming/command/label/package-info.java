/** Commands about labels: label, candidates-to-label, export-labels. */
@NullMarked
package dev.stampede.streaming.command.label;

import org.jspecify.annotations.NullMarked;
