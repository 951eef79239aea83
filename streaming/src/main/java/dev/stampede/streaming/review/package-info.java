/** Which candidates an expert should look at first. */
@NullMarked
package dev.stampede.streaming.review;

import org.jspecify.annotations.NullMarked;
