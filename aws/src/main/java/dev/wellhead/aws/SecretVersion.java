package dev.wellhead.aws;

import dev.wellhead.internal.text.SafeText;

/** One version of a secret, as Secrets Manager returned it. Immutable. */
final class SecretVersion {

    /** Version ids are UUIDs; their first characters are enough to distinguish them. */
    private static final int SHOWN_CHARACTERS = 8;

    private final StagingLabel label;
    private final String id;
    private final String text;

    /** @param text sensitive */
    SecretVersion(StagingLabel label, String id, String text) {
        this.label = label;
        this.id = id;
        this.text = text;
    }

    StagingLabel label() {
        return label;
    }

    String id() {
        return id;
    }

    /** {@return the text; sensitive} */
    String text() {
        return text;
    }

    boolean hasSameText(SecretVersion other) {
        return text.equals(other.text);
    }

    /** {@return the label and the shortened id, for a log} */
    @Override
    public String toString() {
        String shown = id.length() <= SHOWN_CHARACTERS ? id : id.substring(0, SHOWN_CHARACTERS);
        return label.text() + ", version " + SafeText.of(shown);
    }
}
