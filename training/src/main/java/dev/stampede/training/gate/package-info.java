/** Whether a new model may follow the live one. */
@NullMarked
package dev.stampede.training.gate;

import org.jspecify.annotations.NullMarked;
