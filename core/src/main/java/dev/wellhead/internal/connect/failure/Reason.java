package dev.wellhead.internal.connect.failure;

/**
 * What is wrong, as a clause.
 *
 * @param clause the clause, without a full stop
 * @param predicate the clause without its subject, if the subject is the server; otherwise empty
 */
record Reason(String clause, String predicate) {

    /** {@return a clause whose subject is not the server, such as {@code nothing listens on this port}} */
    static Reason of(String clause) {
        return new Reason(clause, "");
    }

    /** {@return a clause whose subject is the server, such as {@code does not support TLS}} */
    static Reason ofServer(String predicate) {
        return new Reason("it " + predicate, predicate);
    }
}
