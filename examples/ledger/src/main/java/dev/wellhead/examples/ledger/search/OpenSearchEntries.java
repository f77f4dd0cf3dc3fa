package dev.wellhead.examples.ledger.search;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import dev.wellhead.examples.ledger.common.ServiceUnavailableException;
import dev.wellhead.examples.ledger.common.StrictJson;
import dev.wellhead.examples.ledger.outbox.OutboxEntry;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * An index of OpenSearch. The service needs three requests, so it uses the JDK's HTTP client: {@code opensearch-java} would
 * add a second JSON library and a second HTTP client.
 */
public final class OpenSearchEntries implements EntrySearch {

    private static final String INDEX = "ledger-entries";
    private static final String JSON = "application/json";
    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final int REQUEST_SUCCEEDED = 299;

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    private final URI server;
    private final RequestAuthorization authorization;
    private final Duration limit;
    private volatile boolean indexExists;

    /** @param limit of each request, from the connection to the end of the answer */
    OpenSearchEntries(URI server, RequestAuthorization authorization, Duration limit) {
        this.server = server;
        this.authorization = authorization;
        this.limit = limit;
    }

    /**
     * {@return the index on the server at {@code url}} Does not connect.
     *
     * @param url {@code https://HOST} or {@code http://HOST}, with user and password if the server needs them. Requests to
     *     a domain of OpenSearch Service are signed if there is no user.
     * @throws IllegalArgumentException if it is another kind of URL; the message does not contain it
     */
    public static OpenSearchEntries open(String url) {
        URI parsed;
        URI server;
        try {
            parsed = new URI(url);
            server = new URI(parsed.getScheme(), null, parsed.getHost(), parsed.getPort(), "/", null, null);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("it is not a URL");
        }
        String scheme = String.valueOf(parsed.getScheme()).toLowerCase(Locale.ROOT);
        if (parsed.getHost() == null || !Set.of("http", "https").contains(scheme)) {
            throw new IllegalArgumentException("it is not an http or https URL with a host");
        }
        if (!Set.of("", "/").contains(parsed.getRawPath()) || parsed.getRawQuery() != null) {
            throw new IllegalArgumentException("it has a path or parameters, which are not used");
        }
        return new OpenSearchEntries(server, authorization(parsed), LIMIT);
    }

    private static RequestAuthorization authorization(URI url) {
        if (url.getUserInfo() != null) {
            String login = Base64.getEncoder().encodeToString(url.getUserInfo().getBytes(StandardCharsets.UTF_8));
            return (method, uri, contentType, body) -> Map.of("Authorization", "Basic " + login);
        }
        if (url.getHost().toLowerCase(Locale.ROOT).matches("[^.]+\\.[^.]+\\.es\\.amazonaws\\.com(\\.cn)?")) {
            // a class of its own, so that the signer is loaded only for such a domain
            return SignedAuthorization.ofDomain(url.getHost());
        }
        return (method, uri, contentType, body) -> Map.of();
    }

    @Override
    public String name() {
        return "search";
    }

    @Override
    public Set<UUID> deliver(List<OutboxEntry> entries) throws ServiceUnavailableException {
        createIndex();
        StringBuilder lines = new StringBuilder();
        for (OutboxEntry entry : entries) {
            JsonObject target = new JsonObject();
            target.addProperty("_id", Long.toString(entry.entry()));
            JsonObject action = new JsonObject();
            action.add("index", target);
            lines.append(StrictJson.text(action)).append('\n');
            lines.append(StrictJson.text(document(entry))).append('\n');
        }
        JsonObject answer = accepted(send("POST", INDEX + "/_bulk", "application/x-ndjson", lines.toString()));
        JsonArray items = answer.getAsJsonArray("items");
        Set<UUID> delivered = new HashSet<>();
        for (int i = 0; i < entries.size(); i++) {
            JsonObject item = items.get(i).getAsJsonObject().getAsJsonObject("index");
            if (item.get("status").getAsInt() <= REQUEST_SUCCEEDED) {
                delivered.add(entries.get(i).id());
            }
        }
        return delivered;
    }

    private static JsonObject document(OutboxEntry entry) {
        JsonArray accounts = new JsonArray();
        entry.accounts().forEach(accounts::add);
        JsonObject document = new JsonObject();
        document.addProperty("entry", entry.entry());
        document.addProperty("booked_on", entry.bookedOn().toString());
        document.addProperty("description", entry.description());
        document.add("accounts", accounts);
        return document;
    }

    @Override
    public List<Found> find(String text, int most) throws ServiceUnavailableException {
        JsonObject match = new JsonObject();
        match.addProperty("description", text);
        JsonObject query = new JsonObject();
        query.add("match", match);
        JsonObject body = new JsonObject();
        body.add("query", query);
        body.addProperty("size", most);
        HttpResponse<String> response = send("POST", INDEX + "/_search", JSON, StrictJson.text(body));
        if (response.statusCode() == 404) {
            // no entry has been delivered yet
            return List.of();
        }
        List<Found> found = new ArrayList<>();
        for (JsonElement hit : accepted(response).getAsJsonObject("hits").getAsJsonArray("hits")) {
            JsonObject document = hit.getAsJsonObject().getAsJsonObject("_source");
            List<String> accounts = new ArrayList<>();
            document.getAsJsonArray("accounts").forEach(account -> accounts.add(account.getAsString()));
            found.add(new Found(
                    document.get("entry").getAsLong(),
                    LocalDate.parse(document.get("booked_on").getAsString()),
                    document.get("description").getAsString(),
                    List.copyOf(accounts)));
        }
        return found;
    }

    /** Once for each start of the service. An index that exists is not changed. */
    private void createIndex() throws ServiceUnavailableException {
        if (indexExists) {
            return;
        }
        String body =
                """
                {"mappings": {"dynamic": "strict", "properties": {
                  "entry": {"type": "long"}, "booked_on": {"type": "date"},
                  "description": {"type": "text"}, "accounts": {"type": "keyword"}}}}""";
        HttpResponse<String> response = send("PUT", INDEX, JSON, body);
        if (response.statusCode() != 400 || !response.body().contains("resource_already_exists_exception")) {
            JsonObject unused = accepted(response);
        }
        indexExists = true;
    }

    private static JsonObject accepted(HttpResponse<String> response) throws ServiceUnavailableException {
        if (response.statusCode() > REQUEST_SUCCEEDED) {
            throw new ServiceUnavailableException("OpenSearch answered with the status " + response.statusCode());
        }
        try {
            return StrictJson.object(response.body());
        } catch (JsonParseException e) {
            throw new ServiceUnavailableException("OpenSearch answered with something that is not JSON");
        }
    }

    private HttpResponse<String> send(String method, String path, String contentType, String text)
            throws ServiceUnavailableException {
        URI uri = server.resolve(path);
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        HttpRequest.Builder request;
        try {
            request = HttpRequest.newBuilder(uri)
                    .header("Content-Type", contentType)
                    .method(method, BodyPublishers.ofByteArray(body));
            authorization.headers(method, uri, contentType, body).forEach(request::header);
        } catch (RuntimeException e) {
            // for example credentials of AWS that cannot be found
            throw new ServiceUnavailableException(e);
        }
        return answer(client.sendAsync(request.build(), BodyHandlers.ofString()));
    }

    /** Waits for the whole answer. The time limit of {@link HttpRequest} ends with its headers. */
    private HttpResponse<String> answer(CompletableFuture<HttpResponse<String>> response)
            throws ServiceUnavailableException {
        try {
            return response.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new ServiceUnavailableException("OpenSearch did not answer within " + limit);
        } catch (ExecutionException e) {
            throw new ServiceUnavailableException(e.getCause() instanceof Exception cause ? cause : e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ServiceUnavailableException(e);
        } finally {
            // closes the connection of a request that is still in progress
            response.cancel(true);
        }
    }
}
