/** Whether labels, retraining, shadow deployment, promotion and rollback work as a loop while alerts arrive. */
@NullMarked
package dev.stampede.systemtests.lifecycle;

import org.jspecify.annotations.NullMarked;
