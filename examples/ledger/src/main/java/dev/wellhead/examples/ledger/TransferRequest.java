package dev.wellhead.examples.ledger;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import dev.wellhead.examples.ledger.Response.InvalidField;
import dev.wellhead.examples.ledger.common.StrictJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a {@link Transfer} from a request, and collects all problems of the request. */
final class TransferRequest {

    private static final Set<String> MEMBERS = Set.of("from", "to", "amount", "description");
    private static final int MAXIMUM_TEXT_LENGTH = 200;
    private static final long MAXIMUM_AMOUNT = 1_000_000_000_000L;

    private final List<InvalidField> invalid = new ArrayList<>();
    private final JsonObject body;

    private TransferRequest(JsonObject body) {
        this.body = body;
    }

    /**
     * {@return the transfer}
     *
     * @throws InvalidRequestException with all problems
     */
    static Transfer parse(@Nullable String key, String json) throws InvalidRequestException {
        try {
            return new TransferRequest(StrictJson.object(json)).transfer(key);
        } catch (JsonParseException e) {
            throw new InvalidRequestException(400, List.of(new InvalidField("body", "must be one JSON object")));
        }
    }

    private Transfer transfer(@Nullable String key) throws InvalidRequestException {
        String idempotencyKey = key == null ? "" : key.strip();
        if (idempotencyKey.isEmpty() || idempotencyKey.length() > MAXIMUM_TEXT_LENGTH) {
            reject("Idempotency-Key", "must be a header of 1 to 200 characters that is unique for every order");
        }
        for (String member : body.keySet()) {
            if (!MEMBERS.contains(member)) {
                reject(member, "is unknown; the members are from, to, amount, description");
            }
        }
        String from = text("from", null);
        String to = text("to", null);
        if (!from.isEmpty() && from.equals(to)) {
            reject("to", "must be different from 'from'");
        }
        Transfer transfer = new Transfer(idempotencyKey, from, to, amount(), text("description", "transfer"));
        if (!invalid.isEmpty()) {
            throw new InvalidRequestException(422, invalid);
        }
        return transfer;
    }

    private String text(String name, @Nullable String fallback) {
        JsonElement value = body.get(name);
        if (value == null && fallback != null) {
            return fallback;
        }
        boolean isText = value != null
                && value.isJsonPrimitive()
                && value.getAsJsonPrimitive().isString();
        String text = isText ? value.getAsString() : "";
        if (text.isBlank() || text.length() > MAXIMUM_TEXT_LENGTH || text.indexOf('\0') >= 0) {
            reject(name, "must be a string of 1 to 200 characters");
            return "";
        }
        return text;
    }

    private long amount() {
        JsonElement value = body.get("amount");
        if (value != null
                && value.isJsonPrimitive()
                && value.getAsJsonPrimitive().isNumber()) {
            try {
                long amount = value.getAsBigDecimal().longValueExact();
                if (amount > 0 && amount <= MAXIMUM_AMOUNT) {
                    return amount;
                }
            } catch (ArithmeticException | NumberFormatException e) {
                // reported below
            }
        }
        reject("amount", "must be a whole number of minor units, 1 to 1000000000000");
        return 0;
    }

    private void reject(String field, String message) {
        invalid.add(new InvalidField(field, message));
    }

    /** A request that is not a valid transfer. */
    static final class InvalidRequestException extends Exception {

        private static final long serialVersionUID = 1L;

        private final int status;
        private final transient List<InvalidField> fields;

        InvalidRequestException(int status, List<InvalidField> fields) {
            super("invalid request");
            this.status = status;
            this.fields = List.copyOf(fields);
        }

        Response response() {
            return Response.problem(
                    status,
                    status == 400 ? "Bad Request" : "Unprocessable Content",
                    "The transfer is not valid.",
                    fields);
        }
    }
}
