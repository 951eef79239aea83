package dev.stampede.streaming.survey;

/** The image that a cutout shows. */
public enum CutoutKind {
    /** The new exposure minus the template. */
    DIFFERENCE,
    /** The new exposure. */
    SCIENCE,
    /** The deep reference image. */
    TEMPLATE
}
