/** A class that Deeplearning4j looks up but does not ship. */
@NullMarked
package org.nd4j.nativeblas;

import org.jspecify.annotations.NullMarked;
