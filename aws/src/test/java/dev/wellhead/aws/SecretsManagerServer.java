package dev.wellhead.aws;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.protocols.jsoncore.JsonNode;

/**
 * Secrets Manager as far as GetSecretValue and a rotation's four steps go, over real HTTP: it keeps versions and moves
 * staging labels, counts calls per label, and can deny, throttle, stall, answer nonsense or lag behind itself.
 */
final class SecretsManagerServer implements AutoCloseable {

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, Secret> secrets = new LinkedHashMap<>();
    private final List<String> calls = new ArrayList<>();
    private final Set<Stage> denied = EnumSet.noneOf(Stage.class);
    private @Nullable Fault fault;
    private Duration delay = Duration.ZERO;
    private int versions;

    /** An answer in place of the secret. */
    record Fault(int status, String body) {
        static Fault of(String type) {
            return new Fault(400, "{\"__type\":\"" + type + "\",\"message\":\"said by the store\"}");
        }
    }

    private static final class Secret {
        private final Map<String, String> texts = new LinkedHashMap<>();
        private final Map<Stage, String> stages = new LinkedHashMap<>();
        private @Nullable Map<Stage, String> stale;
        private boolean binary;
    }

    private SecretsManagerServer(HttpServer server) {
        this.server = server;
    }

    static SecretsManagerServer start() throws IOException {
        SecretsManagerServer started = new SecretsManagerServer(
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64));
        started.server.createContext("/", started::answer);
        started.server.setExecutor(started.threads);
        started.server.start();
        return started;
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    }

    synchronized void put(String secretId, String text) {
        Secret secret = new Secret();
        String version = newVersion(secret, text);
        secret.stages.put(Stage.CURRENT, version);
        secrets.put(secretId, secret);
    }

    synchronized void putBinary(String secretId) {
        put(secretId, "");
        secret(secretId).binary = true;
    }

    /** Rotation step createSecret. */
    synchronized void createPending(String secretId, String text) {
        Secret secret = secret(secretId);
        secret.stages.put(Stage.PENDING, newVersion(secret, text));
    }

    /** Rotation step finishSecret. */
    synchronized void finish(String secretId) {
        Secret secret = secret(secretId);
        String pending = secret.stages.remove(Stage.PENDING);
        String current = secret.stages.get(Stage.CURRENT);
        if (pending == null || current == null) {
            throw new IllegalStateException("no rotation is under way");
        }
        secret.stages.put(Stage.PREVIOUS, current);
        secret.stages.put(Stage.CURRENT, pending);
    }

    /** From now on reads answer as things stand now, until {@link #catchUp}. */
    synchronized void lagBehind(String secretId) {
        Secret secret = secret(secretId);
        secret.stale = new LinkedHashMap<>(secret.stages);
    }

    synchronized void catchUp(String secretId) {
        secret(secretId).stale = null;
    }

    synchronized void deny(Stage stage) {
        denied.add(stage);
    }

    synchronized void fail(@Nullable Fault with) {
        fault = with;
    }

    synchronized void delay(Duration by) {
        delay = by;
    }

    /** {@return the labels that were asked for, in order} */
    synchronized List<String> calls() {
        return List.copyOf(calls);
    }

    synchronized void forgetCalls() {
        calls.clear();
    }

    private String newVersion(Secret secret, String text) {
        String version = String.format("%08d-0000-4000-8000-000000000000", ++versions);
        secret.texts.put(version, text);
        return version;
    }

    private Secret secret(String secretId) {
        Secret secret = secrets.get(secretId);
        if (secret == null) {
            throw new IllegalArgumentException("no secret " + secretId);
        }
        return secret;
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            JsonNode request = JsonNode.parser().parse(exchange.getRequestBody());
            boolean signed = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"))
                    .contains("/secretsmanager/aws4_request");
            pause();
            Fault answer = signed ? answer(request) : Fault.of("MissingAuthenticationTokenException");
            byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/x-amz-json-1.1");
            exchange.sendResponseHeaders(answer.status(), body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private void pause() {
        long millis;
        synchronized (this) {
            millis = delay.toMillis();
        }
        if (millis > 0) {
            java.util.concurrent.locks.LockSupport.parkNanos(millis * 1_000_000);
        }
    }

    private synchronized Fault answer(JsonNode request) {
        String id = request.field("SecretId").orElseThrow().asString();
        String label = request.field("VersionStage").orElseThrow().asString();
        calls.add(label);
        if (fault != null) {
            return fault;
        }
        Stage stage = Stage.valueOf(label.substring("AWS".length()));
        Secret secret = secrets.get(id);
        if (denied.contains(stage)) {
            return Fault.of("AccessDeniedException");
        }
        Map<Stage, String> stages = secret == null ? Map.of() : secret.stale == null ? secret.stages : secret.stale;
        String version = stages.get(stage);
        if (secret == null || version == null) {
            return Fault.of("ResourceNotFoundException");
        }
        String value = secret.binary
                ? "\"SecretBinary\":\"AAEC\""
                : "\"SecretString\":" + JsonText.quoted(String.valueOf(secret.texts.get(version)));
        return new Fault(
                200,
                "{\"ARN\":\"arn:aws:secretsmanager:eu-west-1:123456789012:secret:" + id + "\",\"Name\":"
                        + JsonText.quoted(id) + ",\"VersionId\":\"" + version + "\"," + value
                        + ",\"VersionStages\":[\"" + label + "\"],\"CreatedDate\":1.0}");
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
