package dev.wellhead.junit.internal.clone;

import dev.wellhead.internal.resolve.SettingsCompletion;
import dev.wellhead.internal.resolve.SettingsResolver;
import dev.wellhead.internal.sources.Environments;
import dev.wellhead.internal.sources.SettingsRequest;
import dev.wellhead.internal.text.SafeText;
import dev.wellhead.settings.DatabaseSettings;
import dev.wellhead.settings.Origin;
import dev.wellhead.settings.ResolvedSetting;
import dev.wellhead.settings.Setting;
import dev.wellhead.settings.Settings;
import java.util.HashMap;
import java.util.Map;

/**
 * The settings of the server and of the databases on it. They are those of the database named {@code test}, so that a
 * {@code DATABASE_URL} in a developer's shell has no effect on tests.
 */
final class TestServerSettings {

    /** The name of the database, and the environment that it is resolved in. */
    static final String NAME = "test";

    /** HikariCP's default, which applies unless the user sets another size. */
    private static final String POOL_SIZE = "10";

    private final DatabaseSettings configured;

    private TestServerSettings(DatabaseSettings configured) {
        this.configured = configured;
    }

    /**
     * {@return the settings of this process}
     *
     * @throws TestServerException if the environment is strict
     * @throws dev.wellhead.settings.ConfigurationException if settings are invalid
     */
    static TestServerSettings ofProcess() throws TestServerException {
        return of(SettingsRequest.ofProcess(NAME));
    }

    static TestServerSettings of(SettingsRequest request) throws TestServerException {
        String environment = request.variables().getOrDefault(Environments.VARIABLE, "");
        if (!environment.isBlank() && Environments.isStrict(environment)) {
            String shown = SafeText.quoted(environment);
            throw new TestServerException("@TestDatabase creates no databases in a strict environment"
                    + (shown.isEmpty() ? "" : ", and " + shown + " is strict") + ". From: environment variable "
                    + Environments.VARIABLE + ". Run the tests with ENVIRONMENT=test, or without this variable.");
        }
        Map<String, String> variables = new HashMap<>(request.variables());
        variables.put(Environments.VARIABLE, NAME);
        SettingsRequest inTest = new SettingsRequest(
                request.name(),
                variables,
                request.properties(),
                request.program(),
                request.hostName(),
                request.overrides(),
                request.trustAnchors(),
                request.areCredentialsSupplied());
        return new TestServerSettings(SettingsResolver.resolve(inTest));
    }

    /** {@return the settings of the connections that create and drop databases} */
    DatabaseSettings administration(int connections) {
        return SettingsCompletion.with(
                configured,
                Map.of(
                        Settings.MAXIMUM_POOL_SIZE, Integer.toString(connections),
                        Settings.MINIMUM_IDLE, "1",
                        Settings.POOL_NAME, "wellhead-test-administration"),
                new Origin.BuilderCall());
    }

    /**
     * {@return the settings of one database}
     *
     * @param server the settings of the open administrative database, which name the server
     * @param name the database
     */
    DatabaseSettings ofDatabase(DatabaseSettings server, String name) {
        return SettingsCompletion.with(
                server,
                Map.of(
                        Settings.NAME, name,
                        Settings.MAXIMUM_POOL_SIZE, configuredOr(Settings.MAXIMUM_POOL_SIZE, POOL_SIZE),
                        // many databases are open at the same time, and a server has 100 connections by default
                        Settings.MINIMUM_IDLE, configuredOr(Settings.MINIMUM_IDLE, "1"),
                        Settings.POOL_NAME, configuredOr(Settings.POOL_NAME, name)),
                new Origin.BuilderCall());
    }

    private String configuredOr(Setting<?> setting, String other) {
        ResolvedSetting resolved = configured.explain(setting).orElse(null);
        if (resolved == null
                || resolved.origin().kind() == Origin.Kind.DEFAULT
                || resolved.origin().kind() == Origin.Kind.DERIVED) {
            return other;
        }
        return resolved.value();
    }
}
