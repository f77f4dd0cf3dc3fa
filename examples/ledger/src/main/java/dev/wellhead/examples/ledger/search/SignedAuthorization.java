package dev.wellhead.examples.ledger.search;

import java.net.URI;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.IdentityProvider;

/**
 * Signs requests for a domain of OpenSearch Service with Signature Version 4. The credentials are those that every client of
 * AWS finds, and are renewed before they expire.
 */
final class SignedAuthorization implements RequestAuthorization {

    private static final String SERVICE = "es";

    private final String region;
    private final IdentityProvider<? extends AwsCredentialsIdentity> credentials;
    private final AwsV4HttpSigner signer = AwsV4HttpSigner.create();

    SignedAuthorization(String region, IdentityProvider<? extends AwsCredentialsIdentity> credentials) {
        this.region = region;
        this.credentials = credentials;
    }

    /**
     * {@return an authorization with the credentials of the environment}
     *
     * @param host the host name of the domain, which contains its region: {@code NAME.REGION.es.amazonaws.com}
     */
    static SignedAuthorization ofDomain(String host) {
        String[] labels = host.toLowerCase(Locale.ROOT).split("\\.", -1);
        return new SignedAuthorization(
                labels[1], DefaultCredentialsProvider.builder().build());
    }

    @Override
    public Map<String, String> headers(String method, URI uri, String contentType, byte[] body) {
        AwsCredentialsIdentity identity = credentials.resolveIdentity().join();
        SdkHttpRequest request = SdkHttpRequest.builder()
                .method(SdkHttpMethod.fromValue(method))
                .uri(uri)
                .putHeader("Content-Type", contentType)
                .build();
        SdkHttpRequest signed = signer.sign(sign -> sign.identity(identity)
                        .request(request)
                        .payload(ContentStreamProvider.fromByteArray(body))
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, SERVICE)
                        .putProperty(AwsV4HttpSigner.REGION_NAME, region))
                .request();
        Map<String, String> headers = new HashMap<>();
        signed.headers().forEach((name, values) -> {
            // the HTTP client sets the host itself, to the value that was signed
            if (!name.equalsIgnoreCase("Host") && !name.equalsIgnoreCase("Content-Type")) {
                headers.put(name, String.join(",", values));
            }
        });
        return headers;
    }
}
