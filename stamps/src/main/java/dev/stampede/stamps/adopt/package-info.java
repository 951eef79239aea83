/** Networks from elsewhere: from what their graph says and what is stated of them to a verified model file. */
@NullMarked
package dev.stampede.stamps.adopt;

import org.jspecify.annotations.NullMarked;
