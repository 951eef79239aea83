package dev.stampede.streaming.survey;

/** Which image of the candidate a cutout shows. */
public enum CutoutKind {
    /** The new exposure minus the template. */
    DIFFERENCE,
    /** The new exposure. */
    SCIENCE,
    /** The deep image of the past. */
    TEMPLATE
}
