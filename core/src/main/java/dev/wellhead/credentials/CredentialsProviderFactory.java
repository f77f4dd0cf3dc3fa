package dev.wellhead.credentials;

import java.util.List;
import java.util.Optional;

/**
 * Creates providers for credentials that are kept outside of core, such as in AWS Secrets Manager. Found with
 * {@link java.util.ServiceLoader}. A factory that cannot be created is an error that names its jar.
 */
public interface CredentialsProviderFactory {

    /** {@return the source of the credentials, for messages: {@code "AWS Secrets Manager (wellhead-aws)"}} */
    String description();

    /**
     * {@return the ways to log in that users select with the setting {@code auth}, with what each requires} Core checks
     * these requirements when it resolves settings. If the setting has one of these words, {@link #create} has to
     * return a provider. None by default. Called while settings are resolved: must be fast, must not use the network
     * and must not throw.
     */
    default List<Authentication> authentications() {
        return List.of();
    }

    /**
     * {@return a provider, or empty if the settings do not ask for this factory} Must not fetch credentials; the first
     * {@link CredentialsProvider#current} does.
     *
     * @throws CredentialsException if the settings ask for this factory, but it cannot create the provider
     */
    Optional<CredentialsProvider> create(CredentialsRequest request) throws CredentialsException;
}
