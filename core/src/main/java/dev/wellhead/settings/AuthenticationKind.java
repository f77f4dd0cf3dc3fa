package dev.wellhead.settings;

/** How the service authenticates. */
public enum AuthenticationKind implements Choice {
    /** With a password, from any of its sources. */
    PASSWORD,
    /** With an RDS IAM authentication token in place of a password. */
    IAM;

    @Override
    public String toString() {
        return value();
    }
}
