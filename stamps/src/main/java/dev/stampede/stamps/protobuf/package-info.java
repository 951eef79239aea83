/** The protobuf wire format of ONNX files: fields, and the messages that can contain a tensor. */
@NullMarked
package dev.stampede.stamps.protobuf;

import org.jspecify.annotations.NullMarked;
