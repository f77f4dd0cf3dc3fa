package dev.wellhead.junit.internal.clone;

import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The identity of one test run on a server. The names of its databases contain it, and the run holds an advisory lock
 * with this number for as long as it lives. A database without the lock of its run is a leftover.
 */
final class RunId {

    /** The first key of the locks: {@code WHTD} in ASCII. */
    static final int LOCK_CLASS = 0x57485444;

    /** All names begin with this. */
    static final String PREFIX = "wellhead_test_";

    private static final SecureRandom RANDOM = new SecureRandom();

    private final int id;
    private final AtomicInteger templates = new AtomicInteger();
    private final AtomicInteger copies = new AtomicInteger();

    private RunId(int id) {
        this.id = id;
    }

    /** {@return a new identity, locked for as long as the session lasts} */
    static RunId lock(Connection session) throws SQLException {
        try (PreparedStatement lock = session.prepareStatement("select pg_try_advisory_lock(?, ?)")) {
            while (true) {
                int candidate = RANDOM.nextInt();
                lock.setInt(1, LOCK_CLASS);
                lock.setInt(2, candidate);
                try (ResultSet row = lock.executeQuery()) {
                    row.next();
                    if (row.getBoolean(1)) {
                        return new RunId(candidate);
                    }
                }
            }
        }
    }

    String nextTemplate() {
        return name('t', templates);
    }

    String nextCopy() {
        return name('c', copies);
    }

    private String name(char kind, AtomicInteger counter) {
        return PREFIX + HexFormat.of().toHexDigits(id) + "_" + kind + counter.incrementAndGet();
    }
}
