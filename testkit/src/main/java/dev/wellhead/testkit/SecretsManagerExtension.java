package dev.wellhead.testkit;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.extension.ResponseDefinitionTransformerV2;
import com.github.tomakehurst.wiremock.http.Request;
import com.github.tomakehurst.wiremock.http.ResponseDefinition;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.wellhead.testkit.SecretsManagerServer.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A stateful WireMock extension that answers like Secrets Manager: it keeps the versions of secrets and moves their
 * staging labels. Thread-safe. Source: AWS Secrets Manager API Reference, "GetSecretValue" and "DescribeSecret".
 */
final class SecretsManagerExtension implements ResponseDefinitionTransformerV2 {

    private final Map<String, Secret> secrets = new LinkedHashMap<>();
    private final List<String> calls = new ArrayList<>();
    private final Set<String> denied = new HashSet<>();
    private @Nullable Fault fault;
    private boolean faultEndsAfterOneCall;
    private Duration delay = Duration.ZERO;
    private CountDownLatch held = new CountDownLatch(0);
    private int versions;

    private static final class Secret {
        private final Map<String, String> texts = new LinkedHashMap<>();
        private final Map<String, String> stages = new LinkedHashMap<>();
        private @Nullable Map<String, String> stale;
        private boolean binary;
    }

    @Override
    public String getName() {
        return "secrets-manager";
    }

    @Override
    public boolean applyGlobally() {
        return false;
    }

    @Override
    public ResponseDefinition transform(ServeEvent event) {
        awaitRelease();
        Fault answer = answer(event.getRequest());
        return ResponseDefinitionBuilder.responseDefinition()
                .withStatus(answer.status())
                .withHeader("Content-Type", "application/x-amz-json-1.1")
                .withBody(answer.body())
                .withFixedDelay((int) delayMillis())
                .build();
    }

    synchronized void put(String secretId, String text) {
        Secret secret = new Secret();
        secret.stages.put(SecretsManagerServer.CURRENT, newVersion(secret, text));
        secrets.put(secretId, secret);
    }

    synchronized void putBinary(String secretId) {
        put(secretId, "");
        secret(secretId).binary = true;
    }

    synchronized void createPending(String secretId, String text) {
        Secret secret = secret(secretId);
        secret.stages.put(SecretsManagerServer.PENDING, newVersion(secret, text));
    }

    synchronized void finish(String secretId) {
        Secret secret = secret(secretId);
        String pending = secret.stages.remove(SecretsManagerServer.PENDING);
        String current = secret.stages.get(SecretsManagerServer.CURRENT);
        if (pending == null || current == null) {
            throw new IllegalStateException("no rotation is in progress");
        }
        secret.stages.put(SecretsManagerServer.PREVIOUS, current);
        secret.stages.put(SecretsManagerServer.CURRENT, pending);
    }

    synchronized void lagBehind(String secretId) {
        Secret secret = secret(secretId);
        secret.stale = new LinkedHashMap<>(secret.stages);
    }

    synchronized void catchUp(String secretId) {
        secret(secretId).stale = null;
    }

    synchronized void deny(String label) {
        denied.add(label);
    }

    synchronized void fail(@Nullable Fault with) {
        fault = with;
        faultEndsAfterOneCall = false;
    }

    synchronized void failOnce(Fault with) {
        fault = with;
        faultEndsAfterOneCall = true;
    }

    synchronized void delay(Duration by) {
        delay = by;
    }

    synchronized void hold() {
        held = new CountDownLatch(1);
    }

    synchronized void release() {
        held.countDown();
    }

    synchronized List<String> calls() {
        return List.copyOf(calls);
    }

    synchronized void forgetCalls() {
        calls.clear();
    }

    private synchronized long delayMillis() {
        return delay.toMillis();
    }

    private synchronized CountDownLatch latch() {
        return held;
    }

    private void awaitRelease() {
        try {
            if (!latch().await(60, TimeUnit.SECONDS)) {
                throw new IllegalStateException("the server was held and never released");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
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

    private Fault answer(Request request) {
        if (!String.valueOf(request.getHeader("Authorization")).contains("/secretsmanager/aws4_request")) {
            return Fault.of("MissingAuthenticationTokenException");
        }
        String target = String.valueOf(request.getHeader("X-Amz-Target"));
        JsonObject body = JsonParser.parseString(request.getBodyAsString()).getAsJsonObject();
        return answer(target.substring(target.indexOf('.') + 1), body);
    }

    private synchronized Fault answer(String operation, JsonObject request) {
        String id = request.get("SecretId").getAsString();
        Secret secret = secrets.get(id);
        Map<String, String> stages = secret == null ? Map.of() : secret.stale == null ? secret.stages : secret.stale;
        boolean describes = operation.equals("DescribeSecret");
        String label = describes ? operation : label(request, stages);
        calls.add(label);
        Fault failure = fault;
        if (failure != null) {
            fault = faultEndsAfterOneCall ? null : failure;
            return failure;
        }
        if (denied.contains(label)) {
            return Fault.of("AccessDeniedException");
        }
        if (secret == null) {
            return Fault.of("ResourceNotFoundException");
        }
        return describes ? describe(id, stages) : value(id, secret, label, stages.get(label));
    }

    /** {@return the label in the request, or the label of the version in the request} */
    private static String label(JsonObject request, Map<String, String> stages) {
        if (request.has("VersionId")) {
            String version = request.get("VersionId").getAsString();
            for (Map.Entry<String, String> stage : stages.entrySet()) {
                if (stage.getValue().equals(version)) {
                    return stage.getKey();
                }
            }
        }
        return request.has("VersionStage") ? request.get("VersionStage").getAsString() : SecretsManagerServer.CURRENT;
    }

    private static Fault value(String id, Secret secret, String label, @Nullable String version) {
        if (version == null) {
            return Fault.of("ResourceNotFoundException");
        }
        JsonObject value = metadata(id);
        value.addProperty("VersionId", version);
        value.addProperty(
                secret.binary ? "SecretBinary" : "SecretString", secret.binary ? "AAEC" : secret.texts.get(version));
        value.add("VersionStages", array(label));
        return new Fault(200, value.toString());
    }

    private static Fault describe(String id, Map<String, String> stages) {
        JsonObject versions = new JsonObject();
        stages.forEach((label, version) -> versions.add(version, array(label)));
        JsonObject described = metadata(id);
        described.add("VersionIdsToStages", versions);
        return new Fault(200, described.toString());
    }

    private static JsonObject metadata(String id) {
        JsonObject metadata = new JsonObject();
        metadata.addProperty("ARN", "arn:aws:secretsmanager:eu-west-1:123456789012:secret:" + id);
        metadata.addProperty("Name", id);
        metadata.addProperty("CreatedDate", 1.0);
        return metadata;
    }

    private static JsonArray array(String only) {
        JsonArray array = new JsonArray();
        array.add(only);
        return array;
    }
}
