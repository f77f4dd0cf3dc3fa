package dev.wellhead.credentials;

import java.time.Duration;
import java.util.Optional;

/** What a {@link CredentialsProviderFactory} may know of the database it is asked to serve. */
public interface CredentialsRequest {

    /** {@return the name the database is opened by, {@code "default"} for the unnamed one} */
    String name();

    /**
     * {@return the text of a resolved setting by its catalogue name, such as {@code secretId}; empty where not set}
     */
    Optional<String> setting(String settingName);

    /** {@return the value of a resolved setting that is a duration, by its catalogue name; empty where not set} */
    Optional<Duration> duration(String settingName);

    /** {@return the variable that would set it, such as {@code LEDGER_DB_SECRET_ID}, for messages} */
    String variable(String settingName);
}
