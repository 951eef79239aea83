/** The report of an evaluation: metrics, charts and one page that shows both. */
@NullMarked
package dev.stampede.training.report;

import org.jspecify.annotations.NullMarked;
