/** From stamps to verdicts through ONNX Runtime. */
@NullMarked
package dev.stampede.stamps.score;

import org.jspecify.annotations.NullMarked;
