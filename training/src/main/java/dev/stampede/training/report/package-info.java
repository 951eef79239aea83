/** The report of an evaluation: figures, pictures and one page that shows both. */
@NullMarked
package dev.stampede.training.report;

import org.jspecify.annotations.NullMarked;
