package dev.wellhead.aws;

import dev.wellhead.settings.Sensitive;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.protocols.jsoncore.JsonNode;

/**
 * The one operation this module needs of Secrets Manager, {@code GetSecretValue}, made of the SDK's own parts: its
 * credentials chain, its HTTP client, its JSON parser. The generated client adds interceptors, endpoint
 * rules and retries on top; leaving it out halves the time to the first secret in a cold JVM (docs/design.md), and
 * retrying belongs to {@link RotatingSecret}, which knows how long the caller can wait.
 *
 * <p>Source: AWS Secrets Manager API Reference, GetSecretValue.
 */
final class SecretsManager implements SecretStore {

    /** A healthy store answers in some 30 ms; past this it counts as unreachable and the last secret keeps serving. */
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);

    private static final Duration READ_TIMEOUT = Duration.ofSeconds(3);

    /** A store that sends a byte now and then keeps every read alive: past this the call is broken off. */
    private static final Duration CALL_TIMEOUT = Duration.ofSeconds(5);

    /** Secrets hold at most 64 KiB; the answer around one is small. */
    private static final int LONGEST_ANSWER = 1 << 20;

    private final URI endpoint;
    private final String region;
    private final AwsCredentialsProvider identities;
    private final SdkHttpClient http;
    private final RequestSigner signer;

    SecretsManager(URI endpoint, String region, AwsCredentialsProvider identities) {
        HttpLog.redactTokens();
        this.endpoint = endpoint;
        this.region = region;
        this.identities = identities;
        this.signer = new RequestSigner(endpoint, region);
        this.http = UrlConnectionHttpClient.builder()
                .connectionTimeout(CONNECT_TIMEOUT)
                .socketTimeout(READ_TIMEOUT)
                .build();
    }

    @Override
    public String region() {
        return region;
    }

    @Override
    public SecretVersion get(String secretId, Stage stage) throws StoreException {
        String body = "{\"SecretId\":" + JsonText.quoted(secretId) + ",\"VersionStage\":\"" + stage.label() + "\"}";
        Answer answer = call(body.getBytes(StandardCharsets.UTF_8));
        if (answer.status() / 100 != 2) {
            throw StoreErrors.ofAnswer(answer.status(), answer.errorType(), answer.isAboutKms(), region);
        }
        JsonNode json = parse(answer.body());
        String text = StoreErrors.text(json, "SecretString");
        if (text == null) {
            throw StoreErrors.withoutText(json.field("SecretBinary").isPresent());
        }
        String name = StoreErrors.text(json, "Name");
        String version = StoreErrors.text(json, "VersionId");
        return new SecretVersion(
                name == null ? secretId : name, version == null ? "unknown" : version, stage, Sensitive.of(text));
    }

    private Answer call(byte[] body) throws StoreException {
        try {
            HttpExecuteRequest request = HttpExecuteRequest.builder()
                    .request(signer.sign(body, identity(), Instant.now()))
                    .contentStreamProvider(() -> new ByteArrayInputStream(body))
                    .build();
            ExecutableHttpRequest call = http.prepareRequest(request);
            Future<?> watch = CallWatch.after(CALL_TIMEOUT, call);
            try {
                return answer(call.call());
            } finally {
                watch.cancel(false);
            }
        } catch (IOException | UncheckedIOException | SdkException e) {
            throw StoreErrors.ofTransport(e, endpoint);
        }
    }

    private static Answer answer(HttpExecuteResponse response) throws IOException {
        byte[] body = new byte[0];
        if (response.responseBody().isPresent()) {
            try (InputStream in = response.responseBody().get()) {
                body = in.readNBytes(LONGEST_ANSWER);
            }
        }
        return new Answer(
                response.httpResponse().statusCode(),
                response.httpResponse().firstMatchingHeader("x-amzn-ErrorType").orElse(null),
                body);
    }

    private AwsCredentialsIdentity identity() throws StoreException {
        try {
            return identities.resolveCredentials();
        } catch (RuntimeException e) {
            // most are SdkExceptions; a missing module is an IllegalStateException
            throw StoreErrors.ofIdentity(e);
        }
    }

    private static JsonNode parse(byte[] body) throws StoreException {
        JsonNode json;
        try {
            json = JsonNode.parser().parse(new ByteArrayInputStream(body));
        } catch (RuntimeException e) {
            // the cause would quote the answer, and the answer may hold the secret
            json = null;
        }
        // an empty text is parsed to null
        if (json == null) {
            throw new StoreException(StoreFailure.BROKEN, "Its answer is not the JSON that was expected.", null);
        }
        return json;
    }

    @Override
    public void close() {
        http.close();
        if (identities instanceof AutoCloseable closeable) {
            try {
                closeable.close();
            } catch (Exception e) {
                throw new IllegalStateException("The AWS credentials chain did not close.", e);
            }
        }
    }

    /** Not a record component anybody prints: the body may hold the secret. */
    private static final class Answer {
        private final int status;
        private final @Nullable String errorHeader;
        private final byte[] body;

        Answer(int status, @Nullable String errorHeader, byte[] body) {
            this.status = status;
            this.errorHeader = errorHeader;
            this.body = body;
        }

        int status() {
            return status;
        }

        byte[] body() {
            return body;
        }

        boolean isAboutKms() {
            try {
                JsonNode json = parse(body);
                String words = StoreErrors.text(json, "message");
                words = words == null ? StoreErrors.text(json, "Message") : words;
                return words != null && words.contains("KMS");
            } catch (StoreException e) {
                return false;
            }
        }

        /** {@return the name of the error, such as {@code AccessDeniedException}; empty where none is given} */
        String errorType() {
            String type = errorHeader;
            if (type == null) {
                try {
                    type = StoreErrors.text(parse(body), "__type");
                } catch (StoreException e) {
                    type = null;
                }
            }
            if (type == null) {
                return "";
            }
            int colon = type.indexOf(':');
            String name = colon < 0 ? type : type.substring(0, colon);
            return name.substring(name.lastIndexOf('#') + 1);
        }
    }
}
