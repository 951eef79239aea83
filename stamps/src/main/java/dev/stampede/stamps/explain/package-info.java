/** Explanations of verdicts: occlusion maps, and the spread of the score over rotated and mirrored views. */
@NullMarked
package dev.stampede.stamps.explain;

import org.jspecify.annotations.NullMarked;
