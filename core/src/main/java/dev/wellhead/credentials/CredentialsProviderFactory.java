package dev.wellhead.credentials;

import java.util.Optional;

/**
 * Creates providers for credentials that are kept outside of core, such as in AWS Secrets Manager. Found with
 * {@link java.util.ServiceLoader}.
 */
public interface CredentialsProviderFactory {

    /** {@return the source of the credentials, for messages: {@code "AWS Secrets Manager (wellhead-aws)"}} */
    String description();

    /**
     * {@return a provider, or empty if the settings do not ask for this factory} Must not fetch credentials; the first
     * {@link CredentialsProvider#current} does.
     *
     * @throws CredentialsException if the settings ask for this factory, but it cannot create the provider
     */
    Optional<CredentialsProvider> create(CredentialsRequest request) throws CredentialsException;
}
