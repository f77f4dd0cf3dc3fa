package dev.wellhead.examples.ledger;

/** What became of a {@link Transfer}. */
sealed interface Outcome {

    /**
     * It is in the journal.
     *
     * @param entry the journal entry
     * @param replayed whether an earlier order with the same key had posted it already
     */
    record Posted(long entry, boolean replayed) implements Outcome {}

    /**
     * It was refused and left nothing behind: the same key may be used again.
     *
     * @param reason the rule that refused it
     * @param detail what is wrong, for people
     */
    record Refused(Reason reason, String detail) implements Outcome {}

    /** The rules of the ledger. */
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
