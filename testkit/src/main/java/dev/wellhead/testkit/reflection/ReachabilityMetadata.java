package dev.wellhead.testkit.reflection;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.wellhead.testkit.reflection.Lookup.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The file {@code reachability-metadata.json} of one or more modules: what an image of GraalVM contains for lookups by
 * name. Source: GraalVM, "Reachability Metadata".
 */
public final class ReachabilityMetadata {

    private static final String FILE = "reachability-metadata.json";
    private static final String DIRECTORY = "META-INF/native-image/dev.wellhead/";

    private final Map<String, JsonObject> types = new HashMap<>();
    private final Set<String> proxies = new TreeSet<>();
    private final List<String> globs = new ArrayList<>();

    private ReachabilityMetadata() {}

    /** {@return the file of one module, in a directory of resources} */
    public static ReachabilityMetadata in(Path resources, String artifact) throws IOException {
        ReachabilityMetadata metadata = new ReachabilityMetadata();
        metadata.add(Files.readString(directory(resources, artifact).resolve(FILE)));
        return metadata;
    }

    /** {@return the directory of a module's files} */
    public static Path directory(Path resources, String artifact) {
        return resources.resolve(DIRECTORY + artifact);
    }

    /** {@return the entries of all modules on the class path of this test} */
    public static ReachabilityMetadata onClassPath() throws IOException {
        ReachabilityMetadata metadata = new ReachabilityMetadata();
        ClassLoader loader = ReachabilityMetadata.class.getClassLoader();
        for (String artifact : List.of(
                "wellhead-core",
                "wellhead-aws",
                "wellhead-otel",
                "wellhead-micrometer",
                "wellhead-redis",
                "wellhead-cli",
                "wellhead-embedded",
                "wellhead-embedded-server")) {
            try (var in = loader.getResourceAsStream(DIRECTORY + artifact + "/" + FILE)) {
                if (in != null) {
                    metadata.add(new String(in.readAllBytes(), UTF_8));
                }
            }
        }
        return metadata;
    }

    private void add(String json) {
        JsonObject root = JsonParser.parseString(json).getAsJsonObject();
        for (JsonElement element : array(root, "reflection")) {
            JsonObject entry = element.getAsJsonObject();
            JsonElement type = entry.get("type");
            if (type.isJsonPrimitive()) {
                types.put(type.getAsString(), entry);
            } else {
                List<String> interfaces = new ArrayList<>();
                type.getAsJsonObject().getAsJsonArray("proxy").forEach(name -> interfaces.add(name.getAsString()));
                proxies.add(String.join(",", interfaces));
            }
        }
        for (JsonElement element : array(root, "resources")) {
            globs.add(element.getAsJsonObject().get("glob").getAsString());
        }
    }

    /** {@return the classes with an entry} */
    public Set<String> types() {
        return types.keySet();
    }

    /** {@return the proxies with an entry, each with its interfaces separated by commas} */
    public Set<String> proxies() {
        return proxies;
    }

    /** {@return the patterns of resources} */
    public List<String> globs() {
        return globs;
    }

    /** {@return whether the image contains what a lookup finds} */
    public boolean covers(Lookup lookup) {
        return switch (lookup.kind()) {
            case TYPE -> types.containsKey(lookup.name());
            case CONSTRUCTORS -> lists(lookup.name(), "Constructors", "<init>");
            case METHODS, MXBEAN -> lists(lookup.name(), "Methods", "");
            case FIELDS -> lists(lookup.name(), "Fields", "");
            case PROXY -> proxies.contains(lookup.name());
            case RESOURCE -> containsResource(lookup.name());
            case SERVICE -> containsResource("META-INF/services/" + lookup.name());
        };
    }

    /** {@return whether an entry lists members of a class, all of them or by name} */
    private boolean lists(String type, String members, String method) {
        JsonObject entry = types.get(type);
        if (entry == null) {
            return false;
        }
        for (String range : List.of("allDeclared", "allPublic")) {
            if (entry.has(range + members) && entry.get(range + members).getAsBoolean()) {
                return true;
            }
        }
        for (JsonElement listed : array(entry, members.equals("Fields") ? "fields" : "methods")) {
            boolean isConstructor =
                    listed.getAsJsonObject().get("name").getAsString().equals("<init>");
            if (isConstructor == method.equals("<init>")) {
                return true;
            }
        }
        return false;
    }

    /** {@return whether a pattern of the resources matches a name} */
    public boolean containsResource(String name) {
        return globs.stream().anyMatch(glob -> name.matches(regex(glob)));
    }

    /** {@return a glob as a regular expression} An asterisk stands for characters of one file name. */
    static String regex(String glob) {
        StringBuilder regex = new StringBuilder();
        for (String literal : glob.split("(?=\\*)|(?<=\\*)", -1)) {
            regex.append(literal.equals("*") ? "[^/]*" : literal.isEmpty() ? "" : Pattern.quote(literal));
        }
        return regex.toString();
    }

    /**
     * {@return the lookups that no entry covers}
     *
     * @param lookups those of a program, without the libraries' own
     */
    public Set<String> missing(Set<Lookup> lookups) {
        Set<String> missing = new TreeSet<>();
        for (Lookup lookup : lookups) {
            boolean isOurs = lookup.caller().startsWith("dev.wellhead.")
                    || lookup.name().contains("dev.wellhead.")
                    || (lookup.kind() == Kind.RESOURCE && lookup.name().startsWith("dev/wellhead/"));
            if (isOurs && !covers(lookup)) {
                missing.add(lookup.line());
            }
        }
        return missing;
    }

    private static JsonArray array(JsonObject object, String name) {
        return object.has(name) ? object.getAsJsonArray(name) : new JsonArray();
    }
}
