/** The model file: an ONNX network with a description of its input and output. */
@NullMarked
package dev.stampede.stamps.contract;

import org.jspecify.annotations.NullMarked;
