package dev.stampede.streaming.review;

/** Why an expert should review a candidate. */
public enum ReviewReason {
    /** The probability is near the threshold. */
    UNCERTAIN("near the threshold"),
    /** The shadow model has the opposite verdict. */
    SHADOW_DISAGREES("shadow disagrees"),
    /** The probability varies over the rotated and mirrored views of the stamp. */
    VIEWS_DIFFER("views differ"),
    /** REAL because of pixels outside the source. */
    JUDGED_ON_BACKGROUND("classified by the background"),
    /** Noise, masked fraction or peak are far from those of the reference population. */
    DRIFTED("unlike the training stamps");

    private final String description;

    ReviewReason(String description) {
        this.description = description;
    }

    public String describe() {
        return description;
    }
}
