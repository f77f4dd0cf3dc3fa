package dev.wellhead.cli;

import dev.wellhead.cli.text.Json;
import dev.wellhead.settings.HostAndPort;
import dev.wellhead.settings.ResolvedSetting;
import dev.wellhead.settings.Settings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An explanation for programs. Version 1: keys are added within a version, never taken away and never given another
 * meaning. The schema is {@code docs/explain.schema.json}.
 */
final class ExplanationJson {

    static final int VERSION = 1;

    private ExplanationJson() {}

    static String of(Explanation explanation) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("schemaVersion", VERSION);
        json.put("name", explanation.name());
        json.put("environment", explanation.environment());
        json.put("canBeOpened", explanation.canBeOpened());
        json.put("hosts", servers(explanation.hosts()));
        json.put("readerHosts", servers(explanation.readerHosts()));
        json.put("database", explanation.value(Settings.NAME));
        json.put("user", explanation.value(Settings.USER));
        json.put("sslMode", explanation.value(Settings.SSLMODE));
        json.put("credentials", explanation.credentials());
        json.put("trustAnchors", explanation.trustAnchors());
        json.put("settings", settings(explanation.settings()));
        json.put("pool", explanation.pool());
        json.put("driver", explanation.driver());
        json.put(
                "problems", explanation.findings().stream().map(Finding::toJson).toList());
        return Json.of(json);
    }

    static List<Object> servers(List<HostAndPort> servers) {
        List<Object> json = new ArrayList<>();
        for (HostAndPort server : servers) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("host", server.host());
            one.put("port", server.port());
            json.add(one);
        }
        return json;
    }

    private static List<Object> settings(List<ResolvedSetting> settings) {
        List<Object> json = new ArrayList<>();
        for (ResolvedSetting setting : settings) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("name", setting.name());
            one.put("value", setting.value());
            one.put("origin", setting.origin().description());
            one.put("shadowed", shadowed(setting));
            json.add(one);
        }
        return json;
    }

    private static List<Object> shadowed(ResolvedSetting setting) {
        List<Object> json = new ArrayList<>();
        for (ResolvedSetting.Shadowed lost : setting.shadowed()) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("value", lost.value());
            one.put("origin", lost.origin().description());
            json.add(one);
        }
        return json;
    }
}
