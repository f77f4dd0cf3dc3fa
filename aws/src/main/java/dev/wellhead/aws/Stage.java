package dev.wellhead.aws;

/** The staging labels that Secrets Manager moves during a rotation. */
enum Stage {
    /** What everybody is meant to use. */
    CURRENT("AWSCURRENT"),
    /** What a rotation is about to put in place; the server may have it already. */
    PENDING("AWSPENDING"),
    /** What was current before the last rotation. */
    PREVIOUS("AWSPREVIOUS");

    private final String label;

    Stage(String label) {
        this.label = label;
    }

    String label() {
        return label;
    }
}
