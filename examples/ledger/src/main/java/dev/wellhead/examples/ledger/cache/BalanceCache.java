package dev.wellhead.examples.ledger.cache;

import java.util.Optional;

/**
 * Answers about accounts that were read from the database a few seconds ago at most. The ledger decides nothing on them: a
 * transfer reads the balance in its own transaction. No method fails or takes longer than half a second; without the cache,
 * every answer is read from the database. Thread-safe.
 */
public interface BalanceCache extends AutoCloseable {

    /** {@return the answer about an account, or empty if it has to be read from the database} */
    Optional<String> find(String account);

    /**
     * Keeps an answer that was read from the database after {@link #find} returned none. It is not kept if the account was
     * invalidated in between, because the answer may be older than that.
     */
    void store(String account, String answer);

    /** Removes the answers about accounts. The caller has committed the change. */
    void invalidate(String... accounts);

    /** {@return what the cache has done so far} */
    Statistics statistics();

    @Override
    void close();

    /**
     * What a cache has done.
     *
     * @param answers whether the last command succeeded
     * @param hits how many answers were found
     * @param misses how many were not, also because the cache did not answer
     */
    record Statistics(boolean answers, long hits, long misses) {}
}
