/** Why a stamp got its verdict: occlusion maps, and how steady the score is from view to view. */
@NullMarked
package dev.stampede.stamps.explain;

import org.jspecify.annotations.NullMarked;
