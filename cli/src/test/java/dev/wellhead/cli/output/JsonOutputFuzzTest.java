package dev.wellhead.cli.output;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import dev.wellhead.testkit.ShownText;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Writes any text as JSON. */
class JsonOutputFuzzTest {

    @FuzzTest
    void text_any_isTheSameAfterParsingAndHasNoControlCharacters(byte[] input) {
        String text = new String(input, StandardCharsets.UTF_8);
        String json = JsonOutput.of(Map.of("text", text, "list", List.of(text, Map.of(text, true))));

        ShownText.requireHarmless(json);
        JsonReader reader = new JsonReader(new StringReader(json));
        reader.setStrictness(Strictness.STRICT);
        JsonObject parsed = JsonParser.parseReader(reader).getAsJsonObject();
        JsonArray list = parsed.getAsJsonArray("list");
        if (!parsed.get("text").getAsString().equals(text)
                || !list.get(0).getAsString().equals(text)
                || !list.get(1).getAsJsonObject().has(text)) {
            throw new AssertionError("became " + parsed);
        }
    }
}
