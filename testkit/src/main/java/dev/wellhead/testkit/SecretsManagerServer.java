package dev.wellhead.testkit;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Secrets Manager as far as GetSecretValue, DescribeSecret and a rotation's four steps go, over real HTTP: it keeps versions and moves
 * staging labels, counts calls per label, and can deny, throttle, stall, answer nonsense or lag behind itself.
 */
public final class SecretsManagerServer implements AutoCloseable {

    /** The label of the version everybody is meant to use. */
    public static final String CURRENT = "AWSCURRENT";

    /** The label of the version a rotation is about to put in place. */
    public static final String PENDING = "AWSPENDING";

    /** The label of the version before the last rotation. */
    public static final String PREVIOUS = "AWSPREVIOUS";

    static {
        // the JDK's server writes head and body apart: with Nagle's algorithm the body waits 40 ms for the client's ACK
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, Secret> secrets = new LinkedHashMap<>();
    private final List<String> calls = new ArrayList<>();
    private final Set<String> denied = new HashSet<>();
    private @Nullable Fault fault;
    private Duration delay = Duration.ZERO;
    private CountDownLatch held = new CountDownLatch(0);
    private int versions;

    /**
     * An answer in place of the secret.
     *
     * @param status of HTTP
     * @param body of the answer
     */
    public record Fault(int status, String body) {
        /** {@return the answer to a call that fails with an error of this name} */
        public static Fault of(String type) {
            return new Fault(400, "{\"__type\":\"" + type + "\",\"message\":\"said by the store\"}");
        }
    }

    private static final class Secret {
        private final Map<String, String> texts = new LinkedHashMap<>();
        private final Map<String, String> stages = new LinkedHashMap<>();
        private @Nullable Map<String, String> stale;
        private boolean binary;
    }

    private SecretsManagerServer(HttpServer server) {
        this.server = server;
    }

    /** {@return a store on a free port of loopback; the caller closes it} */
    public static SecretsManagerServer start() throws IOException {
        SecretsManagerServer started = new SecretsManagerServer(
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64));
        started.server.createContext("/", started::answer);
        started.server.setExecutor(started.threads);
        started.server.start();
        return started;
    }

    /** {@return its endpoint, as {@code AWS_ENDPOINT_URL_SECRETS_MANAGER} takes it} */
    public URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    }

    /** Keeps a secret whose first version is current. */
    public synchronized void put(String secretId, String text) {
        Secret secret = new Secret();
        String version = newVersion(secret, text);
        secret.stages.put(CURRENT, version);
        secrets.put(secretId, secret);
    }

    /** Keeps a secret of bytes. */
    public synchronized void putBinary(String secretId) {
        put(secretId, "");
        secret(secretId).binary = true;
    }

    /** Rotation step createSecret. */
    public synchronized void createPending(String secretId, String text) {
        Secret secret = secret(secretId);
        secret.stages.put(PENDING, newVersion(secret, text));
    }

    /** Rotation step finishSecret. */
    public synchronized void finish(String secretId) {
        Secret secret = secret(secretId);
        String pending = secret.stages.remove(PENDING);
        String current = secret.stages.get(CURRENT);
        if (pending == null || current == null) {
            throw new IllegalStateException("no rotation is under way");
        }
        secret.stages.put(PREVIOUS, current);
        secret.stages.put(CURRENT, pending);
    }

    /** From now on reads answer as things stand now, until {@link #catchUp}. */
    public synchronized void lagBehind(String secretId) {
        Secret secret = secret(secretId);
        secret.stale = new LinkedHashMap<>(secret.stages);
    }

    /** Ends {@link #lagBehind}. */
    public synchronized void catchUp(String secretId) {
        secret(secretId).stale = null;
    }

    /** From now on this label may not be read. */
    public synchronized void deny(String label) {
        denied.add(label);
    }

    /** From now on answers with {@code with}, or again with secrets where it is null. */
    public synchronized void fail(@Nullable Fault with) {
        fault = with;
    }

    /** From now on every answer takes this much longer. */
    public synchronized void delay(Duration by) {
        delay = by;
    }

    /** {@return the labels that were asked for, in order} */
    public synchronized List<String> calls() {
        return List.copyOf(calls);
    }

    /** Begins to count anew. */
    public synchronized void forgetCalls() {
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
            JsonObject request = JsonParser.parseString(
                            new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8))
                    .getAsJsonObject();
            String target = String.valueOf(exchange.getRequestHeaders().getFirst("X-Amz-Target"));
            String operation = target.substring(target.indexOf('.') + 1);
            boolean signed = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"))
                    .contains("/secretsmanager/aws4_request");
            pause();
            Fault answer = signed ? answer(operation, request) : Fault.of("MissingAuthenticationTokenException");
            byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/x-amz-json-1.1");
            exchange.sendResponseHeaders(answer.status(), body.length);
            exchange.getResponseBody().write(body);
        }
    }

    /** From now on no call is answered, until {@link #release}. */
    public synchronized void hold() {
        held = new CountDownLatch(1);
    }

    /** Ends {@link #hold}: calls that waited are answered. */
    public synchronized void release() {
        held.countDown();
    }

    private void awaitRelease() {
        CountDownLatch latch;
        synchronized (this) {
            latch = held;
        }
        try {
            if (!latch.await(30, TimeUnit.SECONDS)) {
                throw new IllegalStateException("the store was held and never released");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void pause() {
        awaitRelease();
        long millis;
        synchronized (this) {
            millis = delay.toMillis();
        }
        if (millis > 0) {
            LockSupport.parkNanos(millis * 1_000_000);
        }
    }

    private synchronized Fault answer(String operation, JsonObject request) {
        String id = request.get("SecretId").getAsString();
        Secret secret = secrets.get(id);
        Map<String, String> stages = secret == null ? Map.of() : secret.stale == null ? secret.stages : secret.stale;
        if (operation.equals("DescribeSecret")) {
            calls.add(operation);
            return fault != null
                    ? fault
                    : secret == null ? Fault.of("ResourceNotFoundException") : describe(id, stages);
        }
        String label = label(request, stages);
        calls.add(label);
        if (fault != null) {
            return fault;
        }
        if (denied.contains(label)) {
            return Fault.of("AccessDeniedException");
        }
        String version = stages.get(label);
        if (secret == null || version == null) {
            return Fault.of("ResourceNotFoundException");
        }
        JsonObject found = described(id);
        found.addProperty("VersionId", version);
        found.addProperty(
                secret.binary ? "SecretBinary" : "SecretString", secret.binary ? "AAEC" : secret.texts.get(version));
        found.add("VersionStages", array(label));
        return new Fault(200, found.toString());
    }

    /** The label that is asked for, by itself or by the version that carries it. */
    private static String label(JsonObject request, Map<String, String> stages) {
        if (request.has("VersionId")) {
            String version = request.get("VersionId").getAsString();
            for (Map.Entry<String, String> stage : stages.entrySet()) {
                if (stage.getValue().equals(version)) {
                    return stage.getKey();
                }
            }
        }
        return request.has("VersionStage") ? request.get("VersionStage").getAsString() : CURRENT;
    }

    private static Fault describe(String id, Map<String, String> stages) {
        JsonObject versions = new JsonObject();
        stages.forEach((label, version) -> versions.add(version, array(label)));
        JsonObject described = described(id);
        described.add("VersionIdsToStages", versions);
        return new Fault(200, described.toString());
    }

    private static JsonObject described(String id) {
        JsonObject described = new JsonObject();
        described.addProperty("ARN", "arn:aws:secretsmanager:eu-west-1:123456789012:secret:" + id);
        described.addProperty("Name", id);
        described.addProperty("CreatedDate", 1.0);
        return described;
    }

    private static JsonArray array(String only) {
        JsonArray array = new JsonArray();
        array.add(only);
        return array;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
