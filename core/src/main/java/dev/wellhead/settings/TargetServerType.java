package dev.wellhead.settings;

/** Which of the listed servers will do, with the meaning of libpq's target_session_attrs. */
public enum TargetServerType implements Choice {
    /** Any server. */
    ANY("any"),
    /** Sessions are read-write by default. */
    READ_WRITE("read-write"),
    /** Sessions are read-only by default. */
    READ_ONLY("read-only"),
    /** Not in hot standby. */
    PRIMARY("primary"),
    /** In hot standby. */
    STANDBY("standby"),
    /** A standby if one answers, else any. */
    PREFER_STANDBY("prefer-standby");

    private final String value;

    TargetServerType(String value) {
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
