/** Pages and files of Parquet, on top of the encodings and the metadata of parquet-java. */
@NullMarked
package dev.stampede.stamps.parquet;

import org.jspecify.annotations.NullMarked;
