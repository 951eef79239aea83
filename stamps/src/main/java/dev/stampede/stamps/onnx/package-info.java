/** ONNX files: metadata, external weights, operators. */
@NullMarked
package dev.stampede.stamps.onnx;

import org.jspecify.annotations.NullMarked;
