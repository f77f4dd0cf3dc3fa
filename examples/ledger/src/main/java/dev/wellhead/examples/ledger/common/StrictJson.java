package dev.wellhead.examples.ledger.common;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.io.StringReader;

/** Writes JSON, and reads it strictly as RFC 8259 defines it. */
public final class StrictJson {

    private static final Gson GSON = new GsonBuilder().disableHtmlEscaping().create();

    private StrictJson() {}

    public static String text(JsonElement json) {
        return GSON.toJson(json);
    }

    /**
     * {@return the object in {@code text}}
     *
     * @throws JsonParseException if the text is anything but one object
     */
    public static JsonObject object(String text) {
        try {
            JsonReader reader = new JsonReader(new StringReader(text));
            reader.setStrictness(Strictness.STRICT);
            JsonElement json = JsonParser.parseReader(reader);
            if (!json.isJsonObject() || reader.peek() != JsonToken.END_DOCUMENT) {
                throw new JsonParseException("not one object");
            }
            return json.getAsJsonObject();
        } catch (IOException | NumberFormatException e) {
            throw new JsonParseException("not JSON", e);
        }
    }
}
