package dev.wellhead;

/**
 * What an operator sees and does over JMX, as {@code dev.wellhead:type=Database,name=default}. Registered for databases
 * whose credentials can change, shortly after they are open, until they are closed. Where one name is open more than
 * once, the second has {@code instance=2} in its object name.
 */
public interface DatabaseMXBean {

    /** {@return where the credentials come from, without anything sensitive} */
    String getCredentialsSource();

    /** {@return every setting with its value and origin, sensitive values redacted} */
    String[] getSettings();

    /**
     * Does what {@link Database#refreshCredentials} does.
     *
     * @return whether something newer was found and proven
     * @throws IllegalStateException when the source failed or the server refused what it gave; the message says why
     */
    boolean refreshCredentials();
}
