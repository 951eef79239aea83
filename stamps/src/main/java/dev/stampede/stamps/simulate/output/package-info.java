/** Simulated candidates as files: a training set in a folder, a contact sheet. */
@NullMarked
package dev.stampede.stamps.simulate.output;

import org.jspecify.annotations.NullMarked;
