package dev.wellhead.credentials;

import java.util.Optional;

/**
 * Makes providers for credentials that live in a store core knows nothing about. Found with
 * {@link java.util.ServiceLoader}.
 */
public interface CredentialsProviderFactory {

    /** {@return what it serves, for messages: {@code "AWS Secrets Manager (wellhead-aws)"}} */
    String description();

    /**
     * {@return a provider, or empty where the request is not for this factory} Must not touch the network; the first
     * {@link CredentialsProvider#current} does.
     *
     * @throws CredentialsException when the request is for this factory but cannot be served
     */
    Optional<CredentialsProvider> create(CredentialsRequest request) throws CredentialsException;
}
