package dev.wellhead.cli;

import dev.wellhead.cli.output.NoticeTime;
import dev.wellhead.cli.verdict.Failure;
import dev.wellhead.cli.verdict.Outcome;
import dev.wellhead.credentials.Authentication;
import dev.wellhead.internal.names.NearMiss;
import dev.wellhead.internal.open.Inspection;
import dev.wellhead.internal.open.LocalFiles;
import dev.wellhead.internal.resolve.SettingsResolver;
import dev.wellhead.internal.sources.SettingsRequest;
import dev.wellhead.internal.text.SafeText;
import dev.wellhead.internal.types.Catalogue;
import dev.wellhead.internal.types.InvalidValueException;
import dev.wellhead.internal.types.SettingValues;
import dev.wellhead.redis.internal.RedisCatalogue;
import dev.wellhead.settings.ConfigurationException;
import dev.wellhead.settings.CredentialsSource;
import dev.wellhead.settings.DatabaseSettings;
import dev.wellhead.settings.HostAndPort;
import dev.wellhead.settings.Origin;
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
 * The settings of a database or of a cache, or the part of them that could be resolved.
 *
 * @param catalogue the kind of service
 * @param name the name of the database
 * @param environment the name of the environment
 * @param hosts in order; empty if they are in the secret or invalid
 * @param readerHosts in order; empty if there are none
 * @param settings the settings that have a value
 * @param credentials the source of the user and the password, in words; null if the settings are invalid
 * @param migrations what migrations connect with; null if nothing is set for them, or if it is incomplete
 * @param trustAnchors what verifies the servers, in words; null if nothing does
 * @param vanishedServer how long a server that vanishes stays unnoticed, in words; null if the settings are invalid, and
 *     for a cache
 * @param pool the properties of HikariCP; empty if the settings are invalid
 * @param driver the properties of pgjdbc; empty if the settings are invalid
 * @param findings errors, then warnings
 */
record ExplainReport(
        Catalogue catalogue,
        String name,
        String environment,
        List<HostAndPort> hosts,
        List<HostAndPort> readerHosts,
        List<ResolvedSetting> settings,
        @Nullable String credentials,
        @Nullable ExplainedMigrations migrations,
        @Nullable String trustAnchors,
        @Nullable String vanishedServer,
        Map<String, String> pool,
        Map<String, String> driver,
        List<Finding> findings) {

    /**
     * {@return the report} If the settings are invalid, it has every problem and the settings that could be decided.
     */
    static ExplainReport of(SettingsRequest request, Map<String, String> variables) {
        List<NearMiss> nearMisses = SettingsResolver.nearMisses(request);
        try {
            return valid(request.catalogue(), LocalFiles.read(SettingsResolver.resolve(request)), nearMisses);
        } catch (ConfigurationException e) {
            return invalid(request, variables, e, nearMisses);
        }
    }

    /** {@return a report with HikariCP's and pgjdbc's properties; only files can cause errors} */
    private static ExplainReport valid(Catalogue catalogue, LocalFiles files, List<NearMiss> nearMisses) {
        DatabaseSettings settings = files.settings();
        List<Finding> findings = new ArrayList<>();
        files.problems().forEach(problem -> findings.add(Finding.error(problem)));
        // the resolver has one warning for all of them
        String ofResolver = NearMiss.message(SettingsResolver.unreadOf(settings));
        settings.warnings().stream()
                .filter(warning -> !warning.equals(ofResolver))
                .forEach(warning -> findings.add(Finding.warning(warning)));
        addNearMisses(findings, nearMisses);
        boolean isDatabase = catalogue.isOfDatabases();
        if (isDatabase) {
            findings.addAll(new ConfigurationWarnings(settings).all());
        }
        ExplainedMigrations migrations = isDatabase ? ExplainedMigrations.of(settings, findings) : null;
        return new ExplainReport(
                catalogue,
                settings.name(),
                settings.environment().name(),
                settings.hosts(),
                settings.readerHosts(),
                settings.all(),
                credentials(settings),
                migrations,
                settings.trustAnchors().map(TrustAnchors::description).orElse(null),
                isDatabase ? NoticeTime.of(settings) : null,
                isDatabase ? Inspection.poolProperties(settings) : Map.of(),
                isDatabase ? Inspection.driverProperties(settings) : Map.of(),
                List.copyOf(findings));
    }

    /**
     * {@return a report without properties; the findings begin with the errors} Hosts are shown if their settings are
     * valid, because the mistake is usually in another setting.
     */
    private static ExplainReport invalid(
            SettingsRequest request,
            Map<String, String> variables,
            ConfigurationException e,
            List<NearMiss> nearMisses) {
        List<Finding> findings = new ArrayList<>();
        for (Problem problem : e.problems()) {
            findings.add(Finding.error(problem));
        }
        addNearMisses(findings, nearMisses);
        String environment = variables.getOrDefault("ENVIRONMENT", "");
        return new ExplainReport(
                request.catalogue(),
                request.name(),
                environment.isBlank() ? "local" : SafeText.listed(environment),
                hosts(e.settings(), Settings.HOST, Settings.PORT),
                hosts(e.settings(), Settings.READER_HOST, Settings.READER_PORT),
                e.settings(),
                null,
                null,
                null,
                null,
                Map.of(),
                Map.of(),
                List.copyOf(findings));
    }

    /**
     * Adds the near misses that are not reported yet. One of {@code ENVIRONMENT} is a warning of the resolver too, with the
     * same message; an error about a variable that was meant for another one has the same proposal.
     */
    private static void addNearMisses(List<Finding> findings, List<NearMiss> nearMisses) {
        for (NearMiss nearMiss : nearMisses) {
            String message = nearMiss.message();
            Origin variable = Origin.Variable.of(nearMiss.variable());
            if (findings.stream()
                    .noneMatch(finding -> finding.message().equals(message)
                            || finding.origins().contains(variable))) {
                findings.add(Finding.warning(nearMiss));
            }
        }
    }

    /** {@return the source of the credentials in words; no part of a credential} */
    static String credentials(DatabaseSettings settings) {
        CredentialsSource source = settings.credentialsSource();
        if (source instanceof CredentialsSource.Fixed) {
            Origin origin = settings.explain(Settings.PASSWORD)
                    .map(ResolvedSetting::origin)
                    .orElse(null);
            if (origin == null) {
                return "password from the configuration";
            }
            if (origin.kind() == Origin.Kind.DEFAULT) {
                return "the default password of environment '"
                        + settings.environment().name() + "'";
            }
            // the description of a part of a URL names the part, which is the password
            return origin instanceof Origin.UrlPart ? origin.description() : "password in " + origin.description();
        }
        if (source instanceof CredentialsSource.PasswordFile file) {
            return "password file " + file.file() + (file.userFile() == null ? "" : ", user file " + file.userFile());
        }
        if (source instanceof CredentialsSource.Passfile file) {
            return "libpq's password file " + file.file();
        }
        if (source instanceof CredentialsSource.Secret secret) {
            return "secret '" + secret.secretId() + "' in AWS Secrets Manager";
        }
        if (source instanceof CredentialsSource.SecretFile secret) {
            return "secret file " + secret.file();
        }
        if (source instanceof CredentialsSource.NoPassword none) {
            return none.authentication().equals(Authentication.CERTIFICATE)
                    ? "client certificate"
                    : "none: no password is sent";
        }
        if (source instanceof CredentialsSource.Command command) {
            return "command " + command.command();
        }
        if (source instanceof CredentialsSource.Provided provided) {
            Authentication authentication = provided.authentication();
            boolean isRds = settings.find(RedisCatalogue.CACHE_NAME).isEmpty();
            return authentication.word().equals("iam") && isRds
                    ? "RDS IAM authentication tokens"
                    : authentication.login();
        }
        return "a credentials provider of the application";
    }

    /** {@return the servers; empty if the hosts or the ports are missing or invalid} */
    private static List<HostAndPort> hosts(
            List<ResolvedSetting> resolved, Setting<List<String>> hostSetting, Setting<List<Integer>> portSetting) {
        List<String> hosts = parse(resolved, hostSetting);
        List<Integer> ports = parse(resolved, portSetting);
        List<HostAndPort> servers = new ArrayList<>();
        if (ports.size() == 1 || ports.size() == hosts.size()) {
            for (int i = 0; i < hosts.size(); i++) {
                servers.add(new HostAndPort(hosts.get(i), ports.get(ports.size() == 1 ? 0 : i)));
            }
        }
        return servers;
    }

    /** {@return the items of a list; empty if the setting has no value or an invalid one} */
    private static <T> List<T> parse(List<ResolvedSetting> resolved, Setting<List<T>> setting) {
        String text = value(resolved, setting);
        try {
            return text.isEmpty() ? List.of() : SettingValues.parse(setting, text);
        } catch (InvalidValueException e) {
            // the text is not shown, because it may contain a password
            return List.of();
        }
    }

    /** {@return the outcome, which decides the exit code} */
    Outcome outcome() {
        return isValid() ? Outcome.OK : Outcome.CONFIGURATION;
    }

    /** {@return the first error; null if the settings are valid} */
    @Nullable
    Failure failure() {
        for (Finding finding : findings) {
            if (finding.isError()) {
                return finding.failure();
            }
        }
        return null;
    }

    /** {@return the settings that Wellhead applies itself: the driver's property of this name has another value} */
    List<String> replacedInDriver() {
        List<String> replaced = new ArrayList<>();
        for (ResolvedSetting setting : settings) {
            String property = driver.get(setting.name());
            if (property != null && !property.equals(setting.value())) {
                replaced.add(setting.name());
            }
        }
        return replaced;
    }

    /** {@return whether no finding is an error, so that the database can be opened} */
    boolean isValid() {
        return findings.stream().noneMatch(Finding::isError);
    }

    /** {@return the database on the server; empty if it is in the secret or not set} */
    String database() {
        return value(catalogue.isOfDatabases() ? Settings.NAME : RedisCatalogue.DATABASE);
    }

    /** {@return the value of a setting, empty if it has none} */
    String value(Setting<?> setting) {
        return value(settings, setting);
    }

    /** {@return the value of one of the resolved settings, empty if it has none} */
    private static String value(List<ResolvedSetting> resolved, Setting<?> setting) {
        for (ResolvedSetting candidate : resolved) {
            if (candidate.name().equals(setting.name())) {
                return candidate.value();
            }
        }
        return "";
    }
}
