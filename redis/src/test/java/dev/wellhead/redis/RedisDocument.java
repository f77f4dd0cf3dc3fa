package dev.wellhead.redis;

import dev.wellhead.internal.types.SettingValues;
import dev.wellhead.redis.internal.RedisCatalogue;
import dev.wellhead.settings.Profile;
import dev.wellhead.settings.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Generates {@code docs/redis.md}: the guide as text, then the catalogue as a table. */
final class RedisDocument {

    private static final Pattern CONSTANT =
            Pattern.compile("/\\*\\*((?:[^*]|\\*(?!/))*)\\*/\\s+public static final Setting<[^=]*> (\\w+) =");

    private RedisDocument() {}

    static String text() throws IOException {
        StringBuilder text = new StringBuilder(Files.readString(Path.of("src/test/resources/redis-guide.md")));
        text.append("\n| setting | variable | type | default | description |\n| --- | --- | --- | --- | --- |\n");
        Map<String, String> descriptions = descriptions();
        for (Setting<?> setting : RedisCatalogue.REDIS.settings()) {
            row(text, RedisCatalogue.REDIS.definition(setting), descriptions);
        }
        return text.toString();
    }

    private static void row(StringBuilder text, Setting<?> setting, Map<String, String> descriptions) {
        String constant = setting.variable().substring("REDIS_".length());
        text.append("| `").append(setting.name()).append("` | `").append(setting.variable());
        text.append("` | ").append(SettingValues.describe(setting));
        text.append(setting.isSensitive() ? "; sensitive" : "").append(" | ").append(defaults(setting));
        text.append(" | ")
                .append(descriptions.getOrDefault(constant, "").replace("|", "\\|"))
                .append(" |\n");
    }

    private static String defaults(Setting<?> setting) {
        Optional<String> local = setting.defaultIn(Profile.LOCAL);
        String ofStrict = setting.defaultIn(Profile.STRICT).isPresent() ? "" : "; strict: none";
        return local.map(value -> "`" + value + "`" + ofStrict).orElse("");
    }

    /** {@return the description of each setting by the name of its constant: that of the catalogue of Redis, if it has one} */
    static Map<String, String> descriptions() throws IOException {
        Map<String, String> descriptions = new HashMap<>();
        add(descriptions, Path.of("../core/src/main/java/dev/wellhead/settings/Settings.java"));
        add(descriptions, Path.of("src/main/java/dev/wellhead/redis/internal/RedisCatalogue.java"));
        return descriptions;
    }

    private static void add(Map<String, String> descriptions, Path source) throws IOException {
        Matcher constants = CONSTANT.matcher(Files.readString(source));
        while (constants.find()) {
            String comment = constants.group(1).replaceAll("\\n\\s*\\*", " ").replaceAll("\\s+", " ");
            descriptions.put(constants.group(2), comment.strip().replaceAll("\\{@code ([^}]*)}", "`$1`"));
        }
    }
}
