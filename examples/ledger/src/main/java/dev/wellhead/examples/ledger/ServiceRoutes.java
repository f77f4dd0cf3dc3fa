package dev.wellhead.examples.ledger;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.wellhead.examples.ledger.cache.BalanceCache;
import dev.wellhead.examples.ledger.common.Connections;
import dev.wellhead.examples.ledger.common.ServiceUnavailableException;
import dev.wellhead.examples.ledger.queue.EntryConsumer;
import dev.wellhead.examples.ledger.search.EntrySearch;
import dev.wellhead.examples.ledger.statements.AccountStatement;
import dev.wellhead.examples.ledger.statements.StatementStore;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.YearMonth;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The requests that need another service than the database. If it is not switched on, the answer is 404 with its variable. */
final class ServiceRoutes {

    private static final Logger LOG = LoggerFactory.getLogger(ServiceRoutes.class);
    private static final int MOST_ENTRIES = 20;
    private static final int LONGEST_TEXT = 200;
    /** {@link YearMonth#parse} also accepts years with a sign and up to nine digits. */
    private static final Pattern MONTH = Pattern.compile("[0-9]{4}-[0-9]{2}");

    private static final Pattern CODE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    private final Connections connections;
    private final LedgerServices services;

    ServiceRoutes(Connections connections, LedgerServices services) {
        this.connections = connections;
        this.services = services;
    }

    /** {@return what each service has done, for those that are switched on} */
    Response status() throws SQLException {
        JsonObject body = new JsonObject();
        Map<String, Long> undelivered = services.outbox().undelivered();
        services.cache().map(BalanceCache::statistics).ifPresent(statistics -> {
            JsonObject cache = new JsonObject();
            cache.addProperty("answers", statistics.answers());
            cache.addProperty("hits", statistics.hits());
            cache.addProperty("misses", statistics.misses());
            body.add("cache", cache);
        });
        services.consumer().ifPresent(consumer -> body.add("queue", queue(consumer)));
        undelivered.forEach((name, entries) -> {
            JsonObject service = body.has(name) ? body.getAsJsonObject(name) : new JsonObject();
            service.addProperty("undelivered", entries);
            body.add(name, service);
        });
        services.storage().ifPresent(store -> body.add("storage", new JsonObject()));
        return Response.json(200, body);
    }

    private static JsonObject queue(EntryConsumer consumer) {
        JsonObject queue = new JsonObject();
        queue.addProperty("handled", consumer.handled());
        queue.addProperty("duplicates", consumer.duplicates());
        queue.addProperty("failed", consumer.failed());
        return queue;
    }

    Response search(String text) {
        EntrySearch search = services.search().orElse(null);
        if (search == null) {
            return off("Search", "OPENSEARCH_URL");
        }
        if (text.isBlank() || text.length() > LONGEST_TEXT) {
            return Response.problem(
                    400, "Bad Request", "The parameter q must have 1 to " + LONGEST_TEXT + " characters.");
        }
        try {
            JsonArray entries = new JsonArray();
            for (EntrySearch.Found found : search.find(text, MOST_ENTRIES)) {
                JsonArray accounts = new JsonArray();
                found.accounts().forEach(accounts::add);
                JsonObject entry = new JsonObject();
                entry.addProperty("entry", found.entry());
                entry.addProperty("bookedOn", found.bookedOn().toString());
                entry.addProperty("description", found.description());
                entry.add("accounts", accounts);
                entries.add(entry);
            }
            JsonObject body = new JsonObject();
            body.add("entries", entries);
            return Response.json(200, body);
        } catch (ServiceUnavailableException e) {
            return unavailable("search", e);
        }
    }

    /** PUT writes the statement of an account for a month, or replaces it; GET returns what was written. */
    Response statement(Request request, String account, String month) throws SQLException {
        StatementStore store = services.storage().orElse(null);
        if (store == null) {
            return off("Storage", "STATEMENTS_BUCKET");
        }
        @Nullable YearMonth parsed;
        try {
            parsed = MONTH.matcher(month).matches() ? YearMonth.parse(month) : null;
        } catch (DateTimeException e) {
            parsed = null;
        }
        if (parsed == null) {
            return Response.problem(400, "Bad Request", "A month has the form 2026-01.");
        }
        if (!CODE.matcher(account).matches()) {
            return Routes.unknownAccount(account);
        }
        try {
            return switch (request.method()) {
                case "PUT" -> write(store, account, parsed);
                case "GET", "HEAD" -> read(store, AccountStatement.key(account, parsed));
                default -> Routes.methodNotAllowed("GET, HEAD, PUT");
            };
        } catch (ServiceUnavailableException e) {
            return unavailable("storage", e);
        }
    }

    private Response write(StatementStore store, String account, YearMonth month)
            throws SQLException, ServiceUnavailableException {
        Optional<AccountStatement> statement = AccountStatement.read(connections, account, month);
        if (statement.isEmpty()) {
            return Routes.unknownAccount(account);
        }
        String key = AccountStatement.key(account, month);
        store.put(key, statement.get().csv());
        JsonObject body = new JsonObject();
        body.addProperty("object", key);
        body.addProperty("lines", statement.get().lines().size());
        return Response.json(200, body);
    }

    private static Response read(StatementStore store, String key) throws ServiceUnavailableException {
        Optional<String> csv = store.get(key);
        return csv.isPresent()
                ? new Response(200, "text/csv; charset=utf-8", Map.of(), csv.get())
                : Response.problem(404, "Not Found", "This statement has not been written. PUT writes it.");
    }

    private static Response off(String service, String variable) {
        return Response.problem(404, "Not Found", service + " is switched off: " + variable + " is not set.");
    }

    private static Response unavailable(String service, ServiceUnavailableException failure) {
        LOG.warn("The service '{}' cannot be used: {}", service, failure.getMessage());
        return Routes.unavailable("the service '" + service + "' does not answer");
    }
}
