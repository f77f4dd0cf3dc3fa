package dev.wellhead.aws;

/** The staging labels that Secrets Manager moves between the versions of a secret during a rotation. */
enum StagingLabel {
    /** The version that clients use. */
    CURRENT("AWSCURRENT"),
    /** The version that a rotation is about to make current; the server can have its password already. */
    PENDING("AWSPENDING"),
    /** The version that was current before the last rotation. */
    PREVIOUS("AWSPREVIOUS");

    private final String text;

    StagingLabel(String text) {
        this.text = text;
    }

    /** {@return the label as Secrets Manager spells it} */
    String text() {
        return text;
    }
}
