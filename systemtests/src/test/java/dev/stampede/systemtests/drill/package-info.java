/** Whether every alerting rule fires at a real fault and resolves after its repair. */
@NullMarked
package dev.stampede.systemtests.drill;

import org.jspecify.annotations.NullMarked;
