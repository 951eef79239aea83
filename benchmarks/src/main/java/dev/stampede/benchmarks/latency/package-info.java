/** Time from sending an alert to reading its verdict: plain, with explanations, and during model releases. */
@NullMarked
package dev.stampede.benchmarks.latency;

import org.jspecify.annotations.NullMarked;
