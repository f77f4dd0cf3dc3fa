package dev.wellhead.examples.ledger;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.wellhead.examples.ledger.common.StrictJson;
import java.util.List;
import java.util.Map;

/**
 * An HTTP response.
 *
 * @param status the HTTP status
 * @param contentType the content type of the body
 * @param headers the other headers
 * @param body the body
 */
record Response(int status, String contentType, Map<String, String> headers, String body) {

    static Response json(int status, JsonElement body) {
        return json(status, StrictJson.text(body));
    }

    static Response json(int status, String body) {
        return new Response(status, "application/json", Map.of(), body);
    }

    /** {@return an error in the format of RFC 9457} */
    static Response problem(int status, String title, String detail) {
        return problem(status, title, detail, List.of());
    }

    static Response problem(int status, String title, String detail, List<InvalidField> fields) {
        JsonObject body = new JsonObject();
        body.addProperty("type", "about:blank");
        body.addProperty("title", title);
        body.addProperty("status", status);
        body.addProperty("detail", detail);
        if (!fields.isEmpty()) {
            JsonArray errors = new JsonArray();
            for (InvalidField field : fields) {
                JsonObject error = new JsonObject();
                error.addProperty("field", field.name());
                error.addProperty("message", field.message());
                errors.add(error);
            }
            body.add("errors", errors);
        }
        return new Response(status, "application/problem+json", Map.of(), StrictJson.text(body));
    }

    Response with(String header, String value) {
        return new Response(status, contentType, Map.of(header, value), body);
    }

    /**
     * An invalid part of a request.
     *
     * @param name the member or header
     * @param message what a valid value is
     */
    record InvalidField(String name, String message) {}
}
