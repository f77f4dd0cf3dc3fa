package dev.wellhead.cli;

import dev.wellhead.internal.open.Inspection;
import dev.wellhead.internal.resolve.SettingsResolver;
import dev.wellhead.internal.sources.NearMiss;
import dev.wellhead.internal.sources.SettingsRequest;
import dev.wellhead.settings.ConfigurationException;
import dev.wellhead.settings.DatabaseSettings;
import dev.wellhead.settings.HostAndPort;
import dev.wellhead.settings.Problem;
import dev.wellhead.settings.ResolvedSetting;
import dev.wellhead.settings.Setting;
import dev.wellhead.settings.Settings;
import dev.wellhead.tls.TrustAnchors;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was decided about a database, or as much of it as could be.
 *
 * @param name of the database
 * @param environment its name
 * @param hosts in order; empty where only a secret can say, or nothing does
 * @param readerHosts in order; empty where there are none
 * @param settings that have a value
 * @param credentials where user and password come from; null where nothing could be decided
 * @param trustAnchors what verifies the servers; null where nothing does
 * @param pool what HikariCP is given; empty where the database cannot be opened
 * @param driver what pgjdbc is given; empty where the database cannot be opened
 * @param findings the errors first
 */
record Explanation(
        String name,
        String environment,
        List<HostAndPort> hosts,
        List<HostAndPort> readerHosts,
        List<ResolvedSetting> settings,
        @Nullable String credentials,
        @Nullable String trustAnchors,
        Map<String, String> pool,
        Map<String, String> driver,
        List<Finding> findings) {

    static Explanation of(String name, Surroundings surroundings) {
        SettingsRequest request = surroundings.requests().apply(name);
        List<NearMiss> slips = SettingsResolver.nearMisses(request);
        try {
            DatabaseSettings settings = SettingsResolver.resolve(request);
            return resolved(settings, slips);
        } catch (ConfigurationException e) {
            return refused(name, surroundings, e, slips);
        }
    }

    private static Explanation resolved(DatabaseSettings settings, List<NearMiss> slips) {
        List<Finding> findings = new ArrayList<>();
        for (String warning : settings.warnings()) {
            findings.add(Finding.warning("", warning));
        }
        addSlips(findings, slips);
        findings.addAll(new Advice(settings).warnings());
        return new Explanation(
                settings.name(),
                settings.environment().name(),
                settings.hosts(),
                settings.readerHosts(),
                settings.all(),
                Sources.describe(settings),
                settings.trustAnchors().map(TrustAnchors::description).orElse(null),
                Inspection.poolProperties(settings),
                Inspection.driverProperties(settings),
                List.copyOf(findings));
    }

    private static Explanation refused(
            String name, Surroundings surroundings, ConfigurationException e, List<NearMiss> slips) {
        List<Finding> findings = new ArrayList<>();
        for (Problem problem : e.problems()) {
            findings.add(Finding.error(problem));
        }
        addSlips(findings, slips);
        String environment = surroundings.variables().getOrDefault("ENVIRONMENT", "");
        return new Explanation(
                name,
                environment.isBlank() ? "local" : environment,
                Partial.hosts(e.settings(), Settings.HOST, Settings.PORT),
                Partial.hosts(e.settings(), Settings.READER_HOST, Settings.READER_PORT),
                e.settings(),
                null,
                null,
                Map.of(),
                Map.of(),
                List.copyOf(findings));
    }

    /** A slip that a warning of the resolver tells already is told once. */
    private static void addSlips(List<Finding> findings, List<NearMiss> slips) {
        for (NearMiss slip : slips) {
            boolean told = false;
            for (Finding finding : findings) {
                told |= finding.message().equals(slip.message());
            }
            if (!told) {
                findings.add(Finding.warning(slip.variable(), slip.message()));
            }
        }
    }

    boolean canBeOpened() {
        for (Finding finding : findings) {
            if (finding.isError()) {
                return false;
            }
        }
        return true;
    }

    /** {@return the value of a setting, empty where it has none} */
    String value(Setting<?> setting) {
        for (ResolvedSetting resolved : settings) {
            if (resolved.name().equals(setting.name())) {
                return resolved.value();
            }
        }
        return "";
    }
}
