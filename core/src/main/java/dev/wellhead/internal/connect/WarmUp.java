package dev.wellhead.internal.connect;

import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;

/**
 * Loads the largest classes of a first connection before they are needed, while the caller waits for a secret. This only
 * saves time: nothing depends on it.
 */
final class WarmUp {

    /** By name, because another version of the driver or the pool may not have one of them. */
    private static final String[] CLASSES = {
        "org.postgresql.jdbc.PgConnection",
        "org.postgresql.core.v3.ConnectionFactoryImpl",
        "org.postgresql.core.v3.QueryExecutorImpl",
        "org.postgresql.core.v3.CopyDualImpl",
        "org.postgresql.jdbc.PgPreparedStatement",
        "org.postgresql.jdbc.PgResultSet",
        "org.postgresql.jdbc.TypeInfoCache",
        "org.postgresql.jdbc.TimestampUtils",
        "org.postgresql.core.v3.ScramAuthenticator",
        "org.postgresql.shaded.com.ongres.scram.client.ScramClient",
        "org.postgresql.shaded.com.ongres.saslprep.SASLprep",
        "com.zaxxer.hikari.HikariDataSource",
        "com.zaxxer.hikari.pool.HikariPool",
        "com.zaxxer.hikari.pool.HikariProxyConnection",
        "com.zaxxer.hikari.pool.HikariProxyPreparedStatement",
    };

    private WarmUp() {}

    static void run() {
        for (String name : CLASSES) {
            load(name);
        }
        try {
            SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256");
            Mac.getInstance("HmacSHA256");
        } catch (GeneralSecurityException e) {
            // authentication fails with the same exception, and reports it
        }
    }

    private static void load(String name) {
        try {
            Class.forName(name, true, WarmUp.class.getClassLoader());
        } catch (ClassNotFoundException | LinkageError e) {
            // the code that needs the class reports it
        }
    }
}
