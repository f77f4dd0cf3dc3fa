package dev.wellhead.settings;

/** How the service proves who it is. */
public enum AuthenticationKind implements Choice {
    /** A password, from wherever it is configured. */
    PASSWORD("password"),
    /** An RDS IAM authentication token in place of a password. */
    IAM("iam");

    private final String value;

    AuthenticationKind(String value) {
        this.value = value;
    }

    @Override
    public String value() {
        return value;
    }

    @Override
    public String toString() {
        return value;
    }
}
