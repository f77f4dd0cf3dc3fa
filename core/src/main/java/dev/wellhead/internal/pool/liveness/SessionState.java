package dev.wellhead.internal.pool.liveness;

/** The state of the session of one connection, as its server reports it. */
public enum SessionState {
    /** The server has no such session. */
    GONE,
    /** The session waits for the client, which means that it has nothing to do or waits until its bytes are read. */
    WAITING_FOR_CLIENT,
    /** The session works, or waits for a lock, a standby or a disk. */
    BUSY,
    /** The session exists, and this role may not see what it does. */
    HIDDEN
}
