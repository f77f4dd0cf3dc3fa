package dev.wellhead.credentials;

import java.time.Duration;
import java.util.Optional;

/** The settings of the database that a {@link CredentialsProviderFactory} creates a provider for. */
public interface CredentialsRequest {

    /** {@return the name of the database, {@code "default"} for the unnamed one} */
    String name();

    /**
     * {@return the text of a resolved setting by its catalogue name, such as {@code secretId}; empty if it is not set}
     */
    Optional<String> setting(String settingName);

    /** {@return the value of a resolved setting that is a duration, by its catalogue name; empty if it is not set} */
    Optional<Duration> duration(String settingName);

    /**
     * {@return whether the environment is strict} In a strict environment a provider fetches credentials only from
     * sources that it verifies. The default is {@code true}.
     */
    default boolean isStrict() {
        return true;
    }

    /**
     * {@return how messages refer to a setting, by its catalogue name: the environment variable, such as
     * {@code LEDGER_DB_SECRET_ID}, or another place that it was set in, such as {@code the secretId in
     * application.conf:3}}
     */
    String variable(String settingName);
}
