package dev.wellhead.examples.ledger.statements;

import dev.wellhead.examples.ledger.common.ServiceUnavailableException;
import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/**
 * A bucket of S3. The AWS SDK finds region, credentials and endpoint in the environment, so the same code uses S3Mock if
 * {@code AWS_ENDPOINT_URL_S3} has its address.
 */
public final class S3StatementStore implements StatementStore {

    private static final Duration CALL_LIMIT = Duration.ofSeconds(10);

    private final S3Client s3;
    private final String bucket;

    private S3StatementStore(S3Client s3, String bucket) {
        this.s3 = s3;
        this.bucket = bucket;
    }

    /**
     * {@return the store in {@code bucket}; the caller closes it} Does not connect.
     *
     * @throws IllegalArgumentException if the environment has no region
     */
    public static S3StatementStore open(String bucket) {
        try {
            S3Client s3 = S3Client.builder()
                    .httpClientBuilder(UrlConnectionHttpClient.builder()
                            .connectionTimeout(Duration.ofSeconds(2))
                            .socketTimeout(Duration.ofSeconds(5)))
                    .overrideConfiguration(configuration -> configuration.apiCallTimeout(CALL_LIMIT))
                    .build();
            return new S3StatementStore(s3, bucket);
        } catch (SdkException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    @Override
    public void put(String key, String csv) throws ServiceUnavailableException {
        try {
            s3.putObject(
                    request -> request.bucket(bucket).key(key).contentType("text/csv; charset=utf-8"),
                    RequestBody.fromString(csv));
        } catch (SdkException e) {
            throw new ServiceUnavailableException(e);
        }
    }

    @Override
    public Optional<String> get(String key) throws ServiceUnavailableException {
        try {
            return Optional.of(
                    s3.getObjectAsBytes(request -> request.bucket(bucket).key(key))
                            .asUtf8String());
        } catch (NoSuchKeyException e) {
            return Optional.empty();
        } catch (SdkException e) {
            throw new ServiceUnavailableException(e);
        }
    }

    @Override
    public void close() {
        s3.close();
    }
}
