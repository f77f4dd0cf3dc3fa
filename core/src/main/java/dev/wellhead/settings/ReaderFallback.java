package dev.wellhead.settings;

/** What the reader of a database uses if no standby is available. */
public enum ReaderFallback implements Choice {
    /** The primary. Its connections are read-only too, and are replaced when a standby is available again. */
    PRIMARY,
    /** Nothing: only standbys are used. */
    NONE;

    @Override
    public String toString() {
        return value();
    }
}
