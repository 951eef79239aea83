/** Which candidates an expert should review and label first. */
@NullMarked
package dev.stampede.streaming.review;

import org.jspecify.annotations.NullMarked;
