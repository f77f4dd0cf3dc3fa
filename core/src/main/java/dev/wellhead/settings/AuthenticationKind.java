package dev.wellhead.settings;

/** How the service authenticates. */
public enum AuthenticationKind implements Choice {
    /** With a password, from any of its sources. */
    PASSWORD,
    /** With an RDS IAM authentication token in place of a password. */
    IAM,
    /** With the client certificate only. A password is never sent. */
    CERTIFICATE,
    /** Without a password and without a client certificate, as {@code trust} and {@code peer} in pg_hba.conf permit. */
    NONE;

    /** {@return whether no password is ever sent} */
    public boolean isWithoutPassword() {
        return this == CERTIFICATE || this == NONE;
    }

    @Override
    public String toString() {
        return value();
    }
}
