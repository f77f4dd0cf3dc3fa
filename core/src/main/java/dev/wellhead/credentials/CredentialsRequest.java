package dev.wellhead.credentials;

import java.util.Optional;

/** What a {@link CredentialsProviderFactory} may know of the database it is asked to serve. */
public interface CredentialsRequest {

    /** {@return the name the database is opened by, {@code "default"} for the unnamed one} */
    String name();

    /**
     * {@return the text of a resolved setting by its catalogue name, such as {@code secretId}; empty where not set}
     */
    Optional<String> setting(String settingName);

    /** {@return the variable that would set it, such as {@code LEDGER_DB_SECRET_ID}, for messages} */
    String variable(String settingName);
}
