package dev.wellhead.aws;

/** Where secrets are kept. Thread-safe. */
interface SecretStore extends AutoCloseable {

    /**
     * {@return the version that carries {@code stage}}
     *
     * @param secretId name or ARN
     * @throws StoreException when it cannot be had
     */
    SecretVersion get(String secretId, Stage stage) throws StoreException;

    /** {@return the region it answers for, for messages} */
    String region();

    @Override
    void close();
}
