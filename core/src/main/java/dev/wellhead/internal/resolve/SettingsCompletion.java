package dev.wellhead.internal.resolve;

import dev.wellhead.credentials.ServerLocation;
import dev.wellhead.internal.types.Problems;
import dev.wellhead.internal.types.RawValue;
import dev.wellhead.settings.ConfigurationException;
import dev.wellhead.settings.DatabaseSettings;
import dev.wellhead.settings.HostAndPort;
import dev.wellhead.settings.Origin;
import dev.wellhead.settings.Setting;
import dev.wellhead.settings.Settings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Decides settings again while a database is opened: for the server in a secret, for a local database that was started,
 * and for the reader. Every method throws an {@link IllegalArgumentException} for settings that were not resolved by
 * Wellhead.
 */
public final class SettingsCompletion {

    private SettingsCompletion() {}

    /**
     * {@return the settings with the server that the source of the credentials names} It supplies only values that no
     * stronger source has. TLS is decided again for the resulting servers.
     *
     * @param location the server; a part that is {@code null} is not known; {@code null} if the source names none
     * @param source the provider's description, such as {@code secret 'prod/ledger'}
     * @throws ConfigurationException if the result cannot be opened
     */
    public static DatabaseSettings complete(
            DatabaseSettings settings, @Nullable ServerLocation location, String source) {
        if (location == null
                && !settings.hosts().isEmpty()
                && !settings.databaseName().isEmpty()) {
            return settings;
        }
        DecidedSettings decided = DecidedSettings.of(settings);
        DecisionState state = decided.state();
        if (state.name().ofMigrations().contains(Settings.USER) && state.suppliedServer() != null) {
            // the server is that of the database, whatever the secret of the migrations contains
            return settings;
        }
        // without a location, this throws an exception that names the missing settings
        ServerLocation known = location == null ? new ServerLocation(null, null, null, null) : location;
        return SettingsDecision.decide(
                state.contents(), decided.overriding(), new SuppliedServer(known, source), new Problems());
    }

    /**
     * {@return the settings with other values}
     *
     * @param values override every source
     * @param origin the origin of the values
     * @throws ConfigurationException if the result cannot be opened
     */
    public static DatabaseSettings with(DatabaseSettings settings, Map<Setting<?>, String> values, Origin origin) {
        DecidedSettings decided = DecidedSettings.of(settings);
        List<RawValue> overriding = new ArrayList<>(decided.overriding());
        for (Map.Entry<Setting<?>, String> value : values.entrySet()) {
            overriding.add(RawValue.of(value.getKey(), value.getValue(), origin));
        }
        DecisionState state = decided.state();
        return SettingsDecision.decide(
                state.contents(), List.copyOf(overriding), state.suppliedServer(), new Problems());
    }

    /**
     * {@return the settings with the server of a local database that was started}
     *
     * @param server replaces hosts and ports
     * @param values override every source
     * @param origin the database that was started
     * @throws ConfigurationException if the result cannot be opened
     */
    public static DatabaseSettings withServer(
            DatabaseSettings settings, HostAndPort server, Map<Setting<?>, String> values, Origin origin) {
        Map<Setting<?>, String> all = new HashMap<>(values);
        all.put(Settings.HOST, server.host());
        all.put(Settings.PORT, Integer.toString(server.port()));
        return with(settings, all, origin);
    }

    /**
     * {@return the settings that migrations connect with}
     *
     * @throws ConfigurationException if they are invalid or incomplete
     */
    public static DatabaseSettings forMigrations(DatabaseSettings settings) {
        DecidedSettings decided = DecidedSettings.of(settings);
        DecisionState state = decided.state();
        return SettingsDecision.decide(
                SettingsDecision.ofMigrations(state.contents(), decided.overriding()),
                decided.overriding(),
                state.suppliedServer(),
                new Problems());
    }

    /** {@return whether migrations have credentials of their own} */
    public static boolean haveMigrationsTheirOwnLogin(DatabaseSettings settings) {
        DecidedSettings decided = DecidedSettings.of(settings);
        return MigrationContents.hasLogin(
                decided.state().contents(), SettingsDecision.isServerStarted(decided.overriding()));
    }

    /**
     * {@return the settings for the reader: its hosts replace the hosts if there are any, transactions are read-only,
     * standbys are preferred in a random order, and the pool name ends in {@code -reader}}
     */
    public static DatabaseSettings forReader(DatabaseSettings settings) {
        DecidedSettings decided = DecidedSettings.of(settings);
        String poolName = settings.find(Settings.POOL_NAME).orElse(settings.name()) + "-reader";
        return new DecidedSettings(
                decided.state().with(decided.state().values().forReader(poolName)),
                decided.overriding(),
                settings.readerHosts().isEmpty() ? settings.hosts() : settings.readerHosts(),
                List.of(),
                settings.credentialsSource(),
                settings.trustAnchors().orElse(null));
    }
}
