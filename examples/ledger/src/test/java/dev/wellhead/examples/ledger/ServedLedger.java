package dev.wellhead.examples.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.wellhead.examples.ledger.common.StrictJson;
import dev.wellhead.testkit.Await;
import dev.wellhead.testkit.ChildJvm;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The ledger as an HTTP service in a process of its own. {@link #close} kills the process. */
record ServedLedger(ChildJvm process) implements AutoCloseable {

    static final Duration LIMIT = Duration.ofMinutes(3);

    private static final Pattern SERVING = Pattern.compile("Serving on (http://127\\.0\\.0\\.1:\\d+)");
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** {@return the ledger, which serves} */
    static ServedLedger start(Path directory, Map<String, String> environment) throws IOException {
        ChildJvm process =
                ChildJvm.start(directory, environment, LedgerService.class.getName(), "--serve", "--port", "0");
        try {
            Await.until(
                    LIMIT, "serving", () -> SERVING.matcher(process.output()).find());
            return new ServedLedger(process);
        } catch (RuntimeException | AssertionError e) {
            process.close();
            throw e;
        }
    }

    /** {@return the status code} */
    int transfer(String key) throws Exception {
        String body = "{\"from\":\"2001\",\"to\":\"2002\",\"amount\":1,\"description\":\"rental of a room\"}";
        HttpRequest request = HttpRequest.newBuilder(address("/transfers"))
                .timeout(LIMIT)
                .header("Idempotency-Key", key)
                .POST(BodyPublishers.ofString(body))
                .build();
        return CLIENT.send(request, BodyHandlers.discarding()).statusCode();
    }

    /** {@return a number that the ledger reports about a service} */
    long number(String service, String name) throws Exception {
        JsonObject status = StrictJson.object(send("GET", "/services"));
        return status.getAsJsonObject(service).get(name).getAsLong();
    }

    /** {@return the body of the answer} */
    String send(String method, String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(address(path))
                .timeout(LIMIT)
                .method(method, BodyPublishers.noBody())
                .build();
        return CLIENT.send(request, BodyHandlers.ofString()).body();
    }

    private URI address(String path) throws IOException {
        Matcher serving = SERVING.matcher(process.output());
        assertThat(serving.find()).isTrue();
        return URI.create(serving.group(1) + path);
    }

    @Override
    public void close() {
        process.close();
    }
}
