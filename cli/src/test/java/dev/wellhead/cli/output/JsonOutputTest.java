package dev.wellhead.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonOutputTest {

    @Test
    void object_ofEveryType_isValidJsonInTheOrderOfTheMap() {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("z", "text");
        object.put("a", 42);
        object.put("flag", true);
        object.put("nothing", null);
        object.put("list", Arrays.asList("x", null, Map.of("inner", 1L)));
        object.put("empty", List.of());

        String json = JsonOutput.of(object);

        JsonObject parsed = JsonParser.parseString(json).getAsJsonObject();
        assertThat(parsed.keySet()).containsExactly("z", "a", "flag", "nothing", "list", "empty");
        assertThat(parsed)
                .hasToString(
                        "{\"z\":\"text\",\"a\":42,\"flag\":true,\"nothing\":null,\"list\":[\"x\",null,{\"inner\":1}],\"empty\":[]}");
        assertThat(json).endsWith("}\n");
    }

    @Test
    void text_withControlCharacters_isEscaped() {
        String text =
                "quote\" backslash\\ \b\t\n\f\r nul\u0000 escape\u001b csi\u009b override\u202e isolate\u2066 mark\u200f arabic\u061c bom\ufeff"
                        + " tag\udb40\udc41 separator\u2028 filler\u3164 private\ue000";

        String json = JsonOutput.of(Map.of("text", text));

        assertThat(JsonParser.parseString(json).getAsJsonObject().get("text").getAsString())
                .isEqualTo(text);
        assertThat(json.replace("\n", "").chars()).allMatch(c -> c >= ' ' && c < 0x7f);
    }

    @Test
    void text_beyondAscii_isKept() {
        String json = JsonOutput.of(Map.of("text", "Zürich 東京 \ud83d\ude00"));

        assertThat(json).contains("Zürich 東京 \ud83d\ude00");
    }
}
