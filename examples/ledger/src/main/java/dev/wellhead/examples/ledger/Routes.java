package dev.wellhead.examples.ledger;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.wellhead.examples.ledger.TransferRequest.InvalidRequestException;
import dev.wellhead.examples.ledger.cache.BalanceCache;
import dev.wellhead.examples.ledger.common.StrictJson;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Maps requests to operations of the ledger. */
final class Routes {

    private static final Logger LOG = LoggerFactory.getLogger(Routes.class);
    private static final Pattern BALANCE = Pattern.compile("/accounts/(.+)/balance", Pattern.DOTALL);
    private static final Pattern STATEMENT = Pattern.compile("/accounts/([^/]+)/statements/([^/]+)");
    private static final Set<String> TRANSIENT_CLASSES = Set.of("08", "40", "53", "57");

    private final Ledger ledger;
    private final @Nullable BalanceCache cache;
    private final Readiness readiness;
    private final ServiceRoutes services;

    Routes(Ledger ledger, @Nullable BalanceCache cache, Readiness readiness, ServiceRoutes services) {
        this.ledger = ledger;
        this.cache = cache;
        this.readiness = readiness;
        this.services = services;
    }

    Response answer(Request request) {
        try {
            return switch (request.path()) {
                case "/health" -> get(request, () -> status("up"));
                case "/ready" -> get(request, this::ready);
                case "/accounts" -> get(request, this::accounts);
                case "/entries" -> get(request, () -> services.search(request.parameter("q")));
                case "/services" -> get(request, services::status);
                case "/transfers" -> request.method().equals("POST") ? transfer(request) : methodNotAllowed("POST");
                default -> ofAccount(request);
            };
        } catch (SQLException e) {
            LOG.warn("{} {}: {}", request.method(), request.path(), e.getMessage());
            return isTransient(e)
                    ? unavailable(Readiness.reason(e))
                    : Response.problem(
                            500, "Internal Server Error", "The request failed. The log contains the reason.");
        }
    }

    static Response unavailable(String reason) {
        return Response.problem(503, "Service Unavailable", reason).with("Retry-After", "1");
    }

    /** Class 08: no connection; 40: too many serialization failures; 53: no resources; 57: server shutdown or start-up. */
    private static boolean isTransient(SQLException e) {
        String state = e.getSQLState();
        return e instanceof SQLTransientException
                || (state != null && TRANSIENT_CLASSES.contains(state.substring(0, Math.min(2, state.length()))));
    }

    private Response ready() {
        Optional<String> reason = readiness.unavailability();
        return reason.isPresent() ? unavailable(reason.get()) : status("ready");
    }

    private Response accounts() throws SQLException {
        JsonArray accounts = new JsonArray();
        for (Account account : ledger.accounts()) {
            accounts.add(account.json());
        }
        JsonObject body = new JsonObject();
        body.add("accounts", accounts);
        return Response.json(200, body);
    }

    private Response ofAccount(Request request) throws SQLException {
        Matcher balance = BALANCE.matcher(request.path());
        if (balance.matches()) {
            return get(request, () -> balance(balance.group(1)));
        }
        Matcher statement = STATEMENT.matcher(request.path());
        return statement.matches()
                ? services.statement(request, statement.group(1), statement.group(2))
                : Response.problem(404, "Not Found", "Unknown path.");
    }

    private Response balance(String code) throws SQLException {
        Optional<String> cached = cache == null ? Optional.empty() : cache.find(code);
        if (cached.isPresent()) {
            return Response.json(200, cached.get());
        }
        Optional<Account> account = ledger.account(code);
        if (account.isEmpty()) {
            return unknownAccount(code);
        }
        String answer = StrictJson.text(account.get().json());
        if (cache != null) {
            cache.store(code, answer);
        }
        return Response.json(200, answer);
    }

    private Response transfer(Request request) throws SQLException {
        Transfer transfer;
        try {
            transfer = TransferRequest.parse(request.idempotencyKey(), request.body());
        } catch (InvalidRequestException e) {
            return e.response();
        }
        Outcome outcome;
        try {
            outcome = ledger.post(transfer);
        } finally {
            // also after a failure: if the connection is lost during the commit, the transfer may have been posted
            if (cache != null) {
                cache.invalidate(transfer.from(), transfer.to());
            }
        }
        if (outcome instanceof Outcome.Refused refused) {
            return Response.problem(422, "Unprocessable Content", refused.detail());
        }
        Outcome.Posted posted = (Outcome.Posted) outcome;
        JsonObject body = new JsonObject();
        body.addProperty("entry", posted.entry());
        body.addProperty("replayed", posted.replayed());
        return Response.json(posted.replayed() ? 200 : 201, body);
    }

    private static Response get(Request request, Answer answer) throws SQLException {
        boolean reads = request.method().equals("GET") || request.method().equals("HEAD");
        return reads ? answer.make() : methodNotAllowed("GET, HEAD");
    }

    static Response methodNotAllowed(String allowed) {
        return Response.problem(405, "Method Not Allowed", "This path accepts " + allowed + ".")
                .with("Allow", allowed);
    }

    static Response unknownAccount(String code) {
        return Response.problem(404, "Not Found", "Unknown account: " + code + ".");
    }

    private static Response status(String status) {
        JsonObject body = new JsonObject();
        body.addProperty("status", status);
        return Response.json(200, body);
    }

    @FunctionalInterface
    private interface Answer {
        Response make() throws SQLException;
    }
}
