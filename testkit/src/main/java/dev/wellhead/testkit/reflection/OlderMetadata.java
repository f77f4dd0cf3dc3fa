package dev.wellhead.testkit.reflection;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.Map;
import java.util.TreeMap;

/**
 * The same entries in the files that GraalVM for JDK 17 and 21 reads. Source: GraalVM for JDK 21, "Reachability
 * Metadata".
 */
public final class OlderMetadata {

    private static final Gson GSON =
            new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

    private OlderMetadata() {}

    /**
     * {@return the content of the files by their names}
     *
     * @param unified the content of reachability-metadata.json
     */
    public static Map<String, String> of(String unified) {
        JsonObject root = JsonParser.parseString(unified).getAsJsonObject();
        JsonArray types = new JsonArray();
        JsonArray proxies = new JsonArray();
        JsonArray patterns = new JsonArray();
        if (root.has("reflection")) {
            for (JsonElement element : root.getAsJsonArray("reflection")) {
                JsonObject entry = element.getAsJsonObject().deepCopy();
                JsonElement type = entry.remove("type");
                if (type.isJsonPrimitive()) {
                    JsonObject named = new JsonObject();
                    named.add("name", type);
                    entry.entrySet().forEach(member -> named.add(member.getKey(), member.getValue()));
                    types.add(named);
                } else {
                    JsonObject proxy = new JsonObject();
                    proxy.add("interfaces", type.getAsJsonObject().get("proxy"));
                    proxies.add(proxy);
                }
            }
        }
        if (root.has("resources")) {
            for (JsonElement element : root.getAsJsonArray("resources")) {
                JsonObject pattern = new JsonObject();
                pattern.addProperty(
                        "pattern",
                        ReachabilityMetadata.regex(
                                element.getAsJsonObject().get("glob").getAsString()));
                patterns.add(pattern);
            }
        }
        Map<String, String> files = new TreeMap<>();
        if (!types.isEmpty()) {
            files.put("reflect-config.json", GSON.toJson(types) + "\n");
        }
        if (!proxies.isEmpty()) {
            files.put("proxy-config.json", GSON.toJson(proxies) + "\n");
        }
        if (!patterns.isEmpty()) {
            JsonObject resources = new JsonObject();
            JsonObject includes = new JsonObject();
            includes.add("includes", patterns);
            resources.add("resources", includes);
            files.put("resource-config.json", GSON.toJson(resources) + "\n");
        }
        return files;
    }
}
