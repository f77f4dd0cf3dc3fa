package dev.wellhead.internal.connect;

import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;

/**
 * Loads and initialises the larger classes on the way to a first connection. They would be loaded anyway, later and
 * one after another; nothing depends on it.
 */
public final class WarmUp {

    /** By name: a driver or pool of another version may lack one, and then the rest is still worth it. */
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

    public static void run() {
        for (String name : CLASSES) {
            load(name);
        }
        try {
            SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256");
            Mac.getInstance("HmacSHA256");
        } catch (GeneralSecurityException e) {
            // authentication meets it again, where it can be told
        }
    }

    private static void load(String name) {
        try {
            Class.forName(name, true, WarmUp.class.getClassLoader());
        } catch (ClassNotFoundException | LinkageError e) {
            // whoever needs it says so
        }
    }
}
