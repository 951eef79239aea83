/** The recipe for MirrorMaker 2 in deploy, run against two clusters. */
@NullMarked
package dev.stampede.systemtests.container;

import org.jspecify.annotations.NullMarked;
