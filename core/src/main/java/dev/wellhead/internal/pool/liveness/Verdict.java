package dev.wellhead.internal.pool.liveness;

/** The result of a check of one connection whose caller waits for an answer. */
public enum Verdict {
    /** The server executes the statement, or there is no proof that it does not. */
    KEEP,
    /** The server has not answered. Another attempt is due soon. */
    ASK_AGAIN,
    /** The session does not exist or waits for the client. If a later check finds the same, the answer is lost. */
    CONFIRM,
    /** The statement or its answer is lost. */
    LOST,
    /** The server has not answered for so long that it counts as gone. */
    UNRESPONSIVE,
    /** Another server has taken its place at the same address, or it was restarted. */
    REPLACED,
    /** New connections lead to another address, and the old one does not answer. */
    MOVED;

    /** {@return whether the connection must be ended} */
    boolean ends() {
        return compareTo(LOST) >= 0;
    }

    /** {@return whether it applies to every connection to the server, used or idle} */
    boolean isAboutServer() {
        return this == REPLACED || this == MOVED;
    }
}
