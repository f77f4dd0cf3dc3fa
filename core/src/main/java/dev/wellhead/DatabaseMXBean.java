package dev.wellhead;

/**
 * The JMX view of an open database, registered as {@code dev.wellhead:type=Database,name=default}.
 *
 * <p>It is registered only if the credentials can change, in the background shortly after the database has opened, and
 * removed when the database is closed. If a database with the same name is already open, the next one has
 * {@code instance=2} in its object name. Thread-safe.
 */
public interface DatabaseMXBean {

    /** {@return where the credentials come from, without anything sensitive} */
    String getCredentialsSource();

    /** {@return every setting with its value and origin; sensitive values are redacted} */
    String[] getSettings();

    /**
     * Does the same as {@link Database#refreshCredentials}.
     *
     * @return whether the server has accepted newer credentials than before the call
     * @throws IllegalStateException if the source failed or the new credentials could not be proven; the message is the
     *     reason
     */
    boolean refreshCredentials();
}
