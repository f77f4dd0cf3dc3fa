package dev.wellhead.aws;

import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.AwsSessionCredentialsIdentity;
import software.amazon.awssdk.utils.http.SdkHttpUtils;

/** Makes signed requests to Secrets Manager. Source: AWS Secrets Manager API Reference, "Making API Requests". */
final class RequestSigner {

    private final URI endpoint;
    private final String region;

    RequestSigner(URI endpoint, String region) {
        this.endpoint = endpoint;
        this.region = region;
    }

    /** {@return a GetSecretValue with this body} */
    SdkHttpRequest sign(byte[] body, AwsCredentialsIdentity identity, Instant now) {
        SigningV4 signing = SigningV4.at(now, region, "secretsmanager");
        Map<String, String> headers = new TreeMap<>();
        headers.put("content-type", "application/x-amz-json-1.1");
        headers.put("host", host());
        headers.put("x-amz-content-sha256", SigningV4.sha256(body));
        headers.put("x-amz-date", signing.time());
        headers.put("x-amz-target", "secretsmanager.GetSecretValue");
        if (identity instanceof AwsSessionCredentialsIdentity session) {
            headers.put("x-amz-security-token", session.sessionToken());
        }
        String names = String.join(";", headers.keySet());
        StringBuilder canonical = new StringBuilder("POST\n").append(path()).append("\n\n");
        SdkHttpRequest.Builder request =
                SdkHttpRequest.builder().method(SdkHttpMethod.POST).uri(endpoint);
        for (Map.Entry<String, String> header : headers.entrySet()) {
            canonical
                    .append(header.getKey())
                    .append(':')
                    .append(header.getValue())
                    .append('\n');
            // the client sends the host by itself
            if (!header.getKey().equals("host")) {
                request.putHeader(header.getKey(), header.getValue());
            }
        }
        canonical.append('\n').append(names).append('\n').append(SigningV4.sha256(body));
        return request.putHeader("content-length", Integer.toString(body.length))
                .putHeader(
                        "authorization",
                        SigningV4.ALGORITHM + " Credential=" + identity.accessKeyId() + "/" + signing.scope()
                                + ", SignedHeaders=" + names + ", Signature="
                                + signing.of(canonical.toString(), identity.secretAccessKey()))
                .build();
    }

    private String host() {
        boolean isUsual = SdkHttpUtils.isUsingStandardPort(endpoint.getScheme(), endpoint.getPort());
        return isUsual ? endpoint.getHost() : endpoint.getHost() + ":" + endpoint.getPort();
    }

    /** Encoded twice, as all services but S3 want it. */
    private String path() {
        String path = endpoint.getRawPath();
        return path == null || path.isEmpty() ? "/" : SdkHttpUtils.urlEncodeIgnoreSlashes(path);
    }
}
