package dev.wellhead.examples.ledger.queue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import dev.wellhead.examples.ledger.common.StrictJson;
import dev.wellhead.examples.ledger.outbox.OutboxEntry;
import java.util.UUID;

/**
 * The message about a posted entry. It has no amounts and no text, so that the queue contains nothing about customers: a
 * consumer reads them from the ledger.
 *
 * @param id the identifier of the message, which is the same if the message is sent again
 * @param entry the journal entry
 */
record EntryMessage(UUID id, long entry) {

    private static final String TYPE = "entry-posted";

    static EntryMessage of(OutboxEntry entry) {
        return new EntryMessage(entry.id(), entry.entry());
    }

    /**
     * {@return the message in {@code body}; unknown members are ignored, so that a newer sender may add some}
     *
     * @throws JsonParseException if it is not such a message; the exception does not contain the body
     */
    static EntryMessage parse(String body) {
        JsonObject json = StrictJson.object(body);
        try {
            if (!member(json, "type").getAsString().equals(TYPE)) {
                throw new JsonParseException("not a message of the type " + TYPE);
            }
            return new EntryMessage(
                    UUID.fromString(member(json, "id").getAsString()),
                    member(json, "entry").getAsBigDecimal().longValueExact());
        } catch (ArithmeticException
                | IllegalArgumentException
                | IllegalStateException
                | UnsupportedOperationException e) {
            throw new JsonParseException("a member has another type than a message of the type " + TYPE + " has", e);
        }
    }

    String body() {
        JsonObject json = new JsonObject();
        json.addProperty("type", TYPE);
        json.addProperty("id", id.toString());
        json.addProperty("entry", entry);
        return StrictJson.text(json);
    }

    private static JsonElement member(JsonObject json, String name) {
        JsonElement value = json.get(name);
        if (value == null) {
            throw new JsonParseException("the member " + name + " is missing");
        }
        return value;
    }
}
