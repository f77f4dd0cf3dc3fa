package dev.wellhead.spring.boot;

import dev.wellhead.settings.Profile;
import dev.wellhead.settings.Setting;
import dev.wellhead.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Generates {@code spring-configuration-metadata.json} from the catalogue of settings, so that IDEs complete and describe
 * the properties. Source of the format: Spring Boot reference, "Configuration Metadata".
 */
final class ConfigurationMetadata {

    private static final Path CATALOGUE = Path.of("../../core/src/main/java/dev/wellhead/settings/Settings.java");
    private static final String DEFAULT = "wellhead.databases.default.";

    /** The Javadoc comment and the name of each constant of the catalogue. */
    private static final Pattern CONSTANT =
            Pattern.compile("/\\*\\*((?:[^*]|\\*(?!/))*)\\*/\\s+public static final Setting<[^=]*> (\\w+) =");

    private final List<String> properties = new ArrayList<>();
    private final List<String> hints = new ArrayList<>();

    private ConfigurationMetadata() {}

    static String text() throws IOException {
        return new ConfigurationMetadata().generate();
    }

    private String generate() throws IOException {
        Map<String, String> descriptions = descriptions();
        property(
                "wellhead.databases",
                "java.util.Map<java.lang.String,java.lang.Object>",
                "The databases by name. The block `default` is the primary database; every other block, such as `ledger`, becomes a bean `ledgerDatabase` with the qualifier `ledger`. Environment variables override these properties.",
                "");
        property(
                DEFAULT + "url",
                "java.lang.String",
                "The connection URL: postgresql://, postgres:// or jdbc:postgresql://. The variable is DATABASE_URL.",
                "");
        for (Setting<?> setting : Settings.all()) {
            String name = DEFAULT + RelaxedNames.kebab(setting.name());
            String constant = setting.variable().substring("DB_".length());
            String description =
                    descriptions.getOrDefault(constant, "") + " The variable is " + setting.variable() + ".";
            Optional<String> fallback = setting.defaultIn(Profile.STRICT);
            property(
                    name,
                    type(setting),
                    description,
                    fallback.map(value -> value(setting, value)).orElse(""));
            if (!setting.choices().isEmpty()) {
                hint(name, setting.choices());
            }
        }
        property(
                "wellhead.spring.enabled",
                "java.lang.Boolean",
                "Whether Wellhead opens the database. If false, Spring Boot's own data source is used.",
                "true");
        property(
                "wellhead.spring.databases",
                "java.util.List<java.lang.String>",
                "Named databases that only environment variables configure, such as ledger for LEDGER_DATABASE_URL. Databases with properties below wellhead.databases need not be listed.",
                "");
        property(
                "wellhead.spring.read-only-transactions",
                "java.lang.String",
                "Where read-only transactions run: on the primary, or on the reader.",
                quoted("primary"));
        hint("wellhead.spring.read-only-transactions", List.of("primary", "reader"));
        actuator();
        return "{\n  \"groups\": [],\n  \"properties\": [\n" + String.join(",\n", properties)
                + "\n  ],\n  \"hints\": [\n" + String.join(",\n", hints) + "\n  ]\n}\n";
    }

    private void actuator() {
        property(
                "management.endpoint.database.show-values",
                "org.springframework.boot.actuate.endpoint.Show",
                "When to show the values of settings in the endpoint. Sensitive values are never shown.",
                quoted("never"));
        property(
                "management.endpoint.database.roles",
                "java.util.Set<java.lang.String>",
                "The roles of users to whom values are shown if show-values is when-authorized. Unset: every authenticated user.",
                "");
    }

    private void property(String name, String type, String description, String fallback) {
        properties.add("    {\n      \"name\": " + quoted(name) + ",\n      \"type\": " + quoted(type)
                + ",\n      \"description\": " + quoted(description)
                + (fallback.isEmpty() ? "" : ",\n      \"defaultValue\": " + fallback) + "\n    }");
    }

    private void hint(String name, List<?> values) {
        List<String> items = new ArrayList<>();
        values.forEach(value -> items.add("{ \"value\": " + quoted(value.toString()) + " }"));
        hints.add("    {\n      \"name\": " + quoted(name) + ",\n      \"values\": [" + String.join(", ", items)
                + "]\n    }");
    }

    private static String type(Setting<?> setting) {
        return switch (setting.kind()) {
            case BOOLEAN -> "java.lang.Boolean";
            case INTEGER -> "java.lang.Integer";
            case LIST -> "java.util.List<java.lang.String>";
            default -> "java.lang.String";
        };
    }

    private static String value(Setting<?> setting, String text) {
        boolean isLiteral = setting.kind() == Setting.ValueKind.BOOLEAN || setting.kind() == Setting.ValueKind.INTEGER;
        return isLiteral ? text : quoted(text);
    }

    private static Map<String, String> descriptions() throws IOException {
        Map<String, String> descriptions = new HashMap<>();
        Matcher constants = CONSTANT.matcher(Files.readString(CATALOGUE));
        while (constants.find()) {
            String comment = constants.group(1).replaceAll("\\n\\s*\\*", " ").replaceAll("\\s+", " ");
            descriptions.put(constants.group(2), comment.strip().replaceAll("\\{@\\w+ ([^}]*)}", "$1"));
        }
        return descriptions;
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
