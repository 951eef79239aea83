/**
 * Training and retraining as a library: from labelled stamps to a verified model file.
 *
 * <pre>{@code
 * TrainingSettings settings = TrainingSettings.builder(Network.VGG6)
 *         .fit(new FitSettings(20, 256, 2e-3, LearningRateSchedule.COSINE, 1))
 *         .modelName("survey-vgg6")
 *         .build();
 * TrainingPipeline pipeline = new TrainingPipeline(settings, TrainingListener.NONE);
 * TrainingResult result = pipeline.train(DataFolder.read(Path.of("data")), Path.of("survey-vgg6.onnx"));
 * System.out.println(result.contract().metrics());
 * }</pre>
 */
@NullMarked
package dev.stampede.training.pipeline;

import org.jspecify.annotations.NullMarked;
