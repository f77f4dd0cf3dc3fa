package dev.wellhead.examples.ledger.statements;

import dev.wellhead.examples.ledger.common.ServiceUnavailableException;
import java.util.Optional;

/** Keeps statements. Thread-safe. */
public interface StatementStore extends AutoCloseable {

    /** Writes a statement, and replaces the one that has the same key. */
    void put(String key, String csv) throws ServiceUnavailableException;

    /** {@return the statement, or empty if none was written} */
    Optional<String> get(String key) throws ServiceUnavailableException;

    @Override
    void close();
}
