/** The live page: newest candidates, statistics and occlusion maps. Read-only, except for labels if the settings allow. */
@NullMarked
package dev.stampede.streaming.live;

import org.jspecify.annotations.NullMarked;
