/** The model file: an ONNX network and what it says of itself. */
@NullMarked
package dev.stampede.stamps.contract;

import org.jspecify.annotations.NullMarked;
