package dev.wellhead.examples.ledger;

/** The result of a {@link Transfer}. */
sealed interface Outcome {

    /**
     * The transfer was posted.
     *
     * @param entry the journal entry
     * @param replayed whether an earlier order with the same key had posted it
     */
    record Posted(long entry, boolean replayed) implements Outcome {}

    /**
     * The transfer was refused and changed nothing. Its key may be used again.
     *
     * @param reason the rule that refused it
     * @param detail the reason in words
     */
    record Refused(Reason reason, String detail) implements Outcome {}

    /** The rules that a transfer may violate. */
    enum Reason {
        UNKNOWN_ACCOUNT,
        DIFFERENT_CURRENCIES,
        DIFFERENT_SIDES,
        OVERDRAFT,
        KEY_REUSED
    }

    static Refused refused(Reason reason, String detail) {
        return new Refused(reason, detail);
    }
}
