package dev.wellhead.cli.output;

import com.grack.nanojson.JsonWriter;
import java.util.Map;

/** Writes JSON (RFC 8259), indented by two spaces. Control characters and bidirectional controls are escaped. */
public final class JsonOutput {

    private JsonOutput() {}

    /**
     * {@return an object as JSON with a line feed at the end; its keys keep the order of the map}
     *
     * @param object of strings, numbers, booleans, nulls, collections and maps
     */
    public static String of(Map<String, ?> object) {
        return JsonWriter.indent("  ").string().object(object).done() + "\n";
    }
}
