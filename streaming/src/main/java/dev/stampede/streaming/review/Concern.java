package dev.stampede.streaming.review;

/** Why an expert should look at a candidate. */
public enum Concern {
    /** The probability is near the threshold. */
    UNCERTAIN("near the threshold"),
    /** A model that scores beside the live one says the opposite. */
    SHADOW_DISAGREES("shadow disagrees"),
    /** Turned and mirrored the stamp gets other probabilities. */
    VIEWS_DIFFER("views differ"),
    /** Called real for pixels beside the source. */
    JUDGED_ON_BACKGROUND("judged on background"),
    /** Noise, masks or peak are far from those of the stamps that the model was measured on. */
    DRIFTED("unlike the training stamps");

    private final String words;

    Concern(String words) {
        this.words = words;
    }

    /** In words, for people. */
    public String words() {
        return words;
    }
}
