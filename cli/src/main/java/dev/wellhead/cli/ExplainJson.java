package dev.wellhead.cli;

import dev.wellhead.cli.output.JsonOutput;
import dev.wellhead.cli.output.OriginJson;
import dev.wellhead.cli.service.ServiceKind;
import dev.wellhead.cli.service.ServiceListing;
import dev.wellhead.cli.verdict.Failure;
import dev.wellhead.settings.HostAndPort;
import dev.wellhead.settings.Origin;
import dev.wellhead.settings.ResolvedSetting;
import dev.wellhead.settings.Settings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes an {@link ExplainReport} for programs. Its schema is {@code docs/explain.schema.json}. */
final class ExplainJson {

    /** Within a version keys are added, but not removed or changed in meaning. */
    private static final int SCHEMA_VERSION = 1;

    private ExplainJson() {}

    /**
     * {@return the report as JSON, with a line feed at the end} Sensitive values are {@code <redacted>}, as in the
     * text.
     */
    static String of(ExplainReport report, ServiceListing services) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("schemaVersion", SCHEMA_VERSION);
        json.put("verdict", report.outcome().value());
        json.put("failure", Failure.json(report.failure()));
        json.put("name", report.name());
        json.put("environment", report.environment());
        json.put("canBeOpened", report.isValid());
        json.put("hosts", servers(report.hosts()));
        json.put("readerHosts", servers(report.readerHosts()));
        json.put("database", report.database());
        json.put("user", report.value(Settings.USER));
        json.put("sslMode", report.value(Settings.SSLMODE));
        json.put("credentials", report.credentials());
        ExplainedMigrations migrations = report.migrations();
        json.put("migrations", migrations == null ? null : migrations(migrations));
        json.put("trustAnchors", report.trustAnchors());
        json.put("vanishedServer", report.vanishedServer());
        json.put(
                "settings", report.settings().stream().map(ExplainJson::setting).toList());
        json.put("pool", report.pool());
        json.put("driver", report.driver());
        json.put("problems", report.findings().stream().map(Finding::toJson).toList());
        json.put("services", services.json());
        return JsonOutput.of(json);
    }

    /** {@return the report on a cache as JSON} Its schema is {@code docs/explain-service.schema.json}. */
    static String ofCache(ExplainReport report, ServiceListing listing) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("schemaVersion", SCHEMA_VERSION);
        json.put("verdict", report.outcome().value());
        json.put("failure", Failure.json(report.failure()));
        json.put("service", ServiceKind.CACHE.label());
        json.put("name", report.name());
        json.put("services", listing.json());
        json.put("environment", report.environment());
        json.put("canBeOpened", report.isValid());
        json.put("hosts", servers(report.hosts()));
        json.put("database", report.database());
        json.put("user", report.value(Settings.USER));
        json.put("sslMode", report.value(Settings.SSLMODE));
        json.put("credentials", report.credentials());
        json.put("trustAnchors", report.trustAnchors());
        json.put(
                "settings", report.settings().stream().map(ExplainJson::setting).toList());
        json.put("problems", report.findings().stream().map(Finding::toJson).toList());
        return JsonOutput.of(json);
    }

    private static Map<String, Object> migrations(ExplainedMigrations migrations) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("user", migrations.user());
        json.put("hosts", servers(migrations.hosts()));
        json.put("credentials", migrations.credentials());
        return json;
    }

    private static List<Map<String, Object>> servers(List<HostAndPort> servers) {
        List<Map<String, Object>> json = new ArrayList<>();
        for (HostAndPort server : servers) {
            Map<String, Object> object = new LinkedHashMap<>();
            object.put("host", server.host());
            object.put("port", server.port());
            json.add(object);
        }
        return json;
    }

    /**
     * {@return one setting with its origin and the values it overrides} The key {@code shadowed} has the overridden
     * values, strongest first.
     */
    private static Map<String, Object> setting(ResolvedSetting setting) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", setting.name());
        json.putAll(value(setting.value(), setting.origin()));
        json.put(
                "shadowed",
                setting.shadowed().stream()
                        .map(overridden -> value(overridden.value(), overridden.origin()))
                        .toList());
        return json;
    }

    /** {@return a value with its origin: as a sentence for people, and as fields for programs} */
    private static Map<String, Object> value(String value, Origin origin) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("value", value);
        json.put("origin", origin.description());
        json.putAll(OriginJson.fields(origin));
        return json;
    }
}
