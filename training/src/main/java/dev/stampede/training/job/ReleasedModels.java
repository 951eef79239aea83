package dev.stampede.training.job;

/**
 * The models in use.
 *
 * @param liveSha256 the file of the live model, also if it is not released but of the settings of the stream
 * @param shadowSha256 the file of the shadow model; empty if there is none
 */
public record ReleasedModels(String liveSha256, String shadowSha256) {}
