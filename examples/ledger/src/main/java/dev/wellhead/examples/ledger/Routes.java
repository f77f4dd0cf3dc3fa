package dev.wellhead.examples.ledger;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.wellhead.examples.ledger.TransferRequest.InvalidRequestException;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Maps requests to operations of the ledger. */
final class Routes {

    private static final Logger LOG = LoggerFactory.getLogger(Routes.class);
    private static final String ACCOUNTS = "/accounts/";
    private static final String BALANCE = "/balance";
    private static final Set<String> TRANSIENT_CLASSES = Set.of("08", "40", "53", "57");

    private final Ledger ledger;
    private final Readiness readiness;

    Routes(Ledger ledger, Readiness readiness) {
        this.ledger = ledger;
        this.readiness = readiness;
    }

    Response answer(Request request) {
        try {
            return switch (request.path()) {
                case "/health" -> get(request, () -> status("up"));
                case "/ready" -> get(request, this::ready);
                case "/accounts" -> get(request, this::accounts);
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
        String path = request.path();
        int length = path.length() - ACCOUNTS.length() - BALANCE.length();
        if (length <= 0 || !path.startsWith(ACCOUNTS) || !path.endsWith(BALANCE)) {
            return notFound("Unknown path.");
        }
        String code = path.substring(ACCOUNTS.length(), ACCOUNTS.length() + length);
        return get(request, () -> balance(code));
    }

    private Response balance(String id) throws SQLException {
        Optional<Account> account = ledger.account(id);
        return account.isPresent()
                ? Response.json(200, account.get().json())
                : notFound("Unknown account: " + id + ".");
    }

    private Response transfer(Request request) throws SQLException {
        Transfer transfer;
        try {
            transfer = TransferRequest.parse(request.idempotencyKey(), request.body());
        } catch (InvalidRequestException e) {
            return e.response();
        }
        Outcome outcome = ledger.post(transfer);
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

    private static Response methodNotAllowed(String allowed) {
        return Response.problem(405, "Method Not Allowed", "This path accepts " + allowed + ".")
                .with("Allow", allowed);
    }

    private static Response notFound(String detail) {
        return Response.problem(404, "Not Found", detail);
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
