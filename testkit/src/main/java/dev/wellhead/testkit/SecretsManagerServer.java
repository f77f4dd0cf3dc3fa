package dev.wellhead.testkit;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.Options.ChunkedEncodingPolicy;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Secrets Manager for tests: WireMock with the state of {@link SecretsManagerExtension}. It supports GetSecretValue,
 * DescribeSecret and the steps of a rotation, counts the calls, and can deny, throttle, delay or break its answers.
 */
public final class SecretsManagerServer implements AutoCloseable {

    /** The label of the version that clients use. */
    public static final String CURRENT = "AWSCURRENT";

    /** The label of the version that a rotation is about to make current. */
    public static final String PENDING = "AWSPENDING";

    /** The label of the version that was current before the last rotation. */
    public static final String PREVIOUS = "AWSPREVIOUS";

    private final SecretsManagerExtension state = new SecretsManagerExtension();
    private final WireMockServer server = new WireMockServer(options()
            .bindAddress("127.0.0.1")
            .dynamicPort()
            .containerThreads(40)
            .disableRequestJournal()
            .gzipDisabled(true)
            .useChunkedTransferEncoding(ChunkedEncodingPolicy.NEVER)
            .extensions(state));

    /**
     * An answer that replaces the secret.
     *
     * @param status the HTTP status
     * @param body the body
     */
    public record Fault(int status, String body) {
        /** {@return the answer to a call that fails with an error of this name} */
        public static Fault of(String type) {
            return new Fault(400, "{\"__type\":\"" + type + "\",\"message\":\"said by the store\"}");
        }
    }

    private SecretsManagerServer() {}

    /** {@return a server on a free port of loopback; the caller closes it} */
    public static SecretsManagerServer start() {
        SecretsManagerServer started = new SecretsManagerServer();
        started.server.stubFor(any(anyUrl()).willReturn(aResponse().withTransformers(started.state.getName())));
        started.server.start();
        return started;
    }

    /** {@return its endpoint, for {@code AWS_ENDPOINT_URL_SECRETS_MANAGER}} */
    public URI uri() {
        return URI.create("http://127.0.0.1:" + server.port() + "/");
    }

    /** Creates a secret, or replaces it, with one version that is current. */
    public void put(String secretId, String text) {
        state.put(secretId, text);
    }

    /** Creates a binary secret. */
    public void putBinary(String secretId) {
        state.putBinary(secretId);
    }

    /** Performs the rotation step createSecret. */
    public void createPending(String secretId, String text) {
        state.createPending(secretId, text);
    }

    /** Performs the rotation step finishSecret. */
    public void finish(String secretId) {
        state.finish(secretId);
    }

    /** Lets reads return the present state until {@link #catchUp}, as reads are eventually consistent. */
    public void lagBehind(String secretId) {
        state.lagBehind(secretId);
    }

    /** Ends {@link #lagBehind}. */
    public void catchUp(String secretId) {
        state.catchUp(secretId);
    }

    /** Denies reads of a label from now on. */
    public void deny(String label) {
        state.deny(label);
    }

    /** Answers every call with {@code fault} from now on; null restores the secrets. */
    public void fail(@Nullable Fault fault) {
        state.fail(fault);
    }

    /** Answers the next call with {@code fault}. */
    public void failOnce(Fault fault) {
        state.failOnce(fault);
    }

    /** Delays every answer from now on. */
    public void delay(Duration by) {
        state.delay(by);
    }

    /** Leaves every call unanswered until {@link #release}. */
    public void hold() {
        state.hold();
    }

    /** Ends {@link #hold} and answers the calls that wait. */
    public void release() {
        state.release();
    }

    /** {@return the labels that calls asked for, in order} */
    public List<String> calls() {
        return state.calls();
    }

    /** Restarts the count of calls. */
    public void forgetCalls() {
        state.forgetCalls();
    }

    @Override
    public void close() {
        state.release();
        server.stop();
    }
}
