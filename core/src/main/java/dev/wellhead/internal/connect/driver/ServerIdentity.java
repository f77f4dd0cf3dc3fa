package dev.wellhead.internal.connect.driver;

/**
 * Identifies one run of one server.
 *
 * @param system the identifier of the database system, which a primary shares with its standbys and copies; empty if
 *     the role may not read it
 * @param startTime when the server started, by its own clock
 * @param primary whether it was a primary
 */
public record ServerIdentity(String system, String startTime, boolean primary) {

    /** {@return whether both are the same run of the same server} The server may have been promoted in between. */
    public boolean isSameRun(ServerIdentity other) {
        return startTime.equals(other.startTime) && system.equals(other.system);
    }

    /**
     * {@return whether {@code other} cannot be in service any more} A database system has one primary, so a primary
     * that started at another time replaces it. Two standbys, or two different database systems, can share a name.
     */
    public boolean replaces(ServerIdentity other) {
        return primary && other.primary && system.equals(other.system) && !startTime.equals(other.startTime);
    }
}
