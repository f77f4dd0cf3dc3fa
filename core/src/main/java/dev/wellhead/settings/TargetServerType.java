package dev.wellhead.settings;

/** The role a server must have, with the meaning of libpq's {@code target_session_attrs}. */
public enum TargetServerType implements Choice {
    /** Any server. */
    ANY,
    /** Sessions are read-write by default. */
    READ_WRITE,
    /** Sessions are read-only by default. */
    READ_ONLY,
    /** The server is not in hot standby. */
    PRIMARY,
    /** The server is in hot standby. */
    STANDBY,
    /** A standby if one is available, else any server. */
    PREFER_STANDBY;

    @Override
    public String toString() {
        return value();
    }
}
