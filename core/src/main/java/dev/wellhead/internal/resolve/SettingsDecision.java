package dev.wellhead.internal.resolve;

import dev.wellhead.credentials.Authentication;
import dev.wellhead.internal.sources.SourceContents;
import dev.wellhead.internal.text.HostNames;
import dev.wellhead.internal.types.Catalogue;
import dev.wellhead.internal.types.MigrationSettings;
import dev.wellhead.internal.types.PasswordDoubt;
import dev.wellhead.internal.types.Problems;
import dev.wellhead.internal.types.RawValue;
import dev.wellhead.settings.ConfigurationException;
import dev.wellhead.settings.CredentialsSource;
import dev.wellhead.settings.HostAndPort;
import dev.wellhead.settings.Origin;
import dev.wellhead.settings.Sensitive;
import dev.wellhead.settings.Setting;
import dev.wellhead.settings.Settings;
import dev.wellhead.settings.TargetServerType;
import dev.wellhead.tls.TrustAnchors;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Decides the settings from the values of the sources, or collects every problem. */
final class SettingsDecision {

    private final DecisionState state;
    private final SourceContents contents;
    private final RankedValues values;
    private final Catalogue catalogue;
    private final List<RawValue> overriding;

    private SettingsDecision(DecisionState state, List<RawValue> overriding) {
        this.state = state;
        this.contents = state.contents();
        this.catalogue = state.name().catalogue();
        this.values = state.values();
        this.overriding = overriding;
    }

    /**
     * {@return the settings}
     *
     * @param overriding the values that override all sources, such as those of a local database that was started
     * @param suppliedServer the server in a secret; {@code null} while the secret has not been read
     * @param problems the problems of the sources
     * @throws ConfigurationException if there is any problem
     */
    static DecidedSettings decide(
            SourceContents contents,
            List<RawValue> overriding,
            @Nullable SuppliedServer suppliedServer,
            Problems problems) {
        DecisionState state = new DecisionState(
                contents,
                suppliedServer,
                new RankedValues(contents.name().catalogue()),
                new AuthenticationDecision(),
                problems,
                new ArrayList<>(contents.warnings()));
        return new SettingsDecision(state, overriding).decide();
    }

    /**
     * {@return the settings} The order of the steps matters: TLS depends on the servers, and the checks of single
     * settings run after all values are final.
     */
    private DecidedSettings decide() {
        rankValues();
        values.parse(state.problems());
        state.authentication().decide(values, catalogue, state.problems());
        RawValue options = values.winner(Settings.OPTIONS);
        if (options != null && values.get(Settings.OPTIONS) != null) {
            new OverriddenOptions(state, options).decide();
        }
        HostList lists = new HostList(state);
        List<HostAndPort> hosts = lists.read(Settings.HOST, Settings.PORT);
        List<HostAndPort> readers = readers(lists);
        decideServerType(hosts);
        PassfileLookup passfile = new PassfileLookup(state, hosts);
        CredentialsSource credentials = new CredentialsDecision(state).decide(passfile);
        // an invalid secret is a problem already, and a valid one might have named the user
        boolean isSecret = credentials == null
                ? values.isSet(Settings.SECRET_ID) || values.isSet(Settings.SECRET_FILE)
                : credentials.isSecret();
        boolean bringsUser =
                credentials == null ? isSecret || values.isSet(Settings.PASSWORD_COMMAND) : credentials.maySupplyUser();
        boolean mayNameServer = isSecret || credentials instanceof CredentialsSource.Supplied;
        boolean mayBeCompleted = state.suppliedServer() == null && mayNameServer;
        if (mayBeCompleted && isSecret) {
            // only the secret can name the server, so the defaults count when it has been read
            values.removeDefault(Settings.HOST);
            values.removeDefault(Settings.NAME);
            hosts = values.isSet(Settings.HOST) ? hosts : List.of();
        }
        if (!contents.isIncomplete()) {
            reportMissing(credentials, bringsUser, mayBeCompleted, passfile);
        }
        List<HostAndPort> servers = new ArrayList<>(hosts);
        servers.addAll(readers);
        Optional<TrustAnchors> anchors = new TlsDecision(state, servers, mayBeCompleted).decide();
        if (anchors.isEmpty() && contents.environment().isStrict() && catalogue.isOfDatabases()) {
            restrictLoginMethods();
        }
        warnOfDefaultPassword(servers);
        warnOfDoubtfulPassword(credentials);
        if (catalogue.isOfDatabases()) {
            new PoolConstraints(state).decide();
            new PoolerChecks(state).decide();
        }
        if (catalogue.check() != null) {
            catalogue.check().run(state.name(), this::valid, state.problems());
        }
        new RequiredSettings(state).check();
        decideMigrations();
        if (!state.problems().isEmpty()) {
            throw catalogue.failure(state.problems().all(), values.explain());
        }
        if (credentials == null) {
            throw new IllegalStateException("no credentials and no problem");
        }
        return new DecidedSettings(state, overriding, hosts, readers, credentials, anchors.orElse(null));
    }

    /** {@return the contents for migrations, which use the server of {@code overriding} if it was started} */
    static SourceContents ofMigrations(SourceContents contents, List<RawValue> overriding) {
        return MigrationContents.of(contents, isServerStarted(overriding));
    }

    /** {@return whether the values name a local database that was started; others may override settings without one} */
    static boolean isServerStarted(List<RawValue> overriding) {
        return overriding.stream().anyMatch(value -> value.setting() == Settings.HOST);
    }

    /** Decides the settings of migrations as well, so that what is wrong with them is known before they connect. */
    private void decideMigrations() {
        if (state.name().isForMigrations()) {
            MigrationProblems.warnOfPooler(state);
        } else if (isAnySetForMigrations() && !contents.isIncomplete()) {
            MigrationProblems report = new MigrationProblems(state);
            try {
                report.addWarnings(
                        decide(ofMigrations(contents, overriding), overriding, state.suppliedServer(), new Problems())
                                .warnings());
            } catch (ConfigurationException e) {
                report.add(e.problems());
            }
        }
    }

    private boolean isAnySetForMigrations() {
        for (RawValue value : contents.values()) {
            if (value.setting().name().startsWith(MigrationSettings.PREFIX)) {
                return true;
            }
        }
        return false;
    }

    /**
     * A database with several hosts is one primary and its standbys. So only a server that accepts writes is used,
     * unless the sessions are read-only or a source decides otherwise. libpq uses any server.
     */
    private void decideServerType(List<HostAndPort> hosts) {
        String options = values.get(Settings.OPTIONS);
        boolean readOnly = Boolean.TRUE.equals(values.get(Settings.READ_ONLY))
                || (options != null && options.contains("default_transaction_read_only"));
        if (hosts.size() > 1 && !readOnly && !values.isConfigured(Settings.TARGET_SERVER_TYPE)) {
            values.derive(
                    Settings.TARGET_SERVER_TYPE,
                    TargetServerType.READ_WRITE.value(),
                    new Origin.Derived("there are several hosts"),
                    state.problems());
        }
    }

    /**
     * Permits only SCRAM while the server is not verified. SCRAM does not send the password and requires the server to
     * prove that it has it. A value that a source has takes precedence.
     */
    private void restrictLoginMethods() {
        // a password in clear text has a server that is verified
        if (state.authentication().selected().answer() == Authentication.Answer.PASSWORD
                && !values.isSet(Settings.REQUIRE_AUTH)) {
            values.derive(
                    Settings.REQUIRE_AUTH,
                    "scram-sha-256",
                    new Origin.Derived("the server's certificate is not verified"),
                    state.problems());
        }
    }

    /** Adds the values in the order of precedence, strongest first. */
    private void rankValues() {
        for (RawValue raw : contents.values()) {
            values.add(raw);
        }
        if (state.suppliedServer() != null) {
            for (RawValue raw : state.suppliedServer().values(contents.name().catalogue())) {
                values.add(raw);
            }
        }
        values.addDefaults(contents.environment());
        if (contents.name().ofMigrations().contains(Settings.USER)) {
            // the default login is that of the database
            values.removeDefault(Settings.USER);
            values.removeDefault(Settings.PASSWORD);
        }
        values.add(contents.applicationName());
        for (RawValue raw : overriding) {
            values.override(raw);
        }
    }

    /** Warns if the default password is sent to another machine, which probably has a different password. */
    private void warnOfDefaultPassword(List<HostAndPort> servers) {
        RawValue password = values.winner(Settings.PASSWORD);
        if (password == null || password.origin().kind() != Origin.Kind.DEFAULT) {
            return;
        }
        for (HostAndPort server : servers) {
            if (!HostNames.isLoopback(server.host())) {
                state.warnings()
                        .add("The default password is used for " + server + ", which is not on this machine. Set "
                                + state.name().variable(Settings.PASSWORD) + ", or ENVIRONMENT if this is not '"
                                + contents.environment().name() + "'.");
                return;
            }
        }
    }

    /** Warns if the password is probably not the one that was meant. It is sent as it is. */
    private void warnOfDoubtfulPassword(@Nullable CredentialsSource credentials) {
        Sensitive password = values.get(Settings.PASSWORD);
        RawValue winner = values.winner(Settings.PASSWORD);
        if (!(credentials instanceof CredentialsSource.Fixed) || password == null || winner == null) {
            return;
        }
        PasswordDoubt doubt = PasswordDoubt.of(password.reveal());
        if (doubt != null && (doubt.isCertain() || contents.environment().isStrict())) {
            state.warnings().add(doubt.sentence("The value of " + winner.key(), state.name()::variable));
        }
    }

    /** {@return the servers of the reader} They have the ports of the primary unless readerPort is set. */
    private List<HostAndPort> readers(HostList lists) {
        if (!values.isSet(Settings.READER_HOST)) {
            return List.of();
        }
        boolean ownPort = values.isSet(Settings.READER_PORT);
        return lists.read(Settings.READER_HOST, ownPort ? Settings.READER_PORT : Settings.PORT);
    }

    /**
     * Reports required values that no source has.
     *
     * @param bringsUser whether the source of the credentials also supplies the user
     * @param mayBeCompleted whether the source of the credentials may still name the server
     */
    private void reportMissing(
            @Nullable CredentialsSource credentials,
            boolean bringsUser,
            boolean mayBeCompleted,
            PassfileLookup passfile) {
        MissingValues missing = new MissingValues(state);
        if (!mayBeCompleted) {
            missing.checkServer();
        }
        if (!bringsUser) {
            missing.checkUser();
        }
        // an invalid source is a problem already
        boolean hasSource = values.isSet(Settings.PASSWORD)
                || values.isSet(Settings.PASSWORD_FILE)
                || values.isSet(Settings.PASSWORD_COMMAND)
                || values.isSet(Settings.SECRET_FILE)
                || values.isSet(Settings.SECRET_ID)
                || isInvalid(Settings.PASSFILE)
                || isInvalid(Settings.AUTH);
        if (credentials == null && !hasSource) {
            missing.addPassword(passfile);
        }
        missing.report();
    }

    /** {@return the strongest value; null if there is none or if it is invalid} */
    private @Nullable RawValue valid(Setting<?> setting) {
        return values.get(setting) == null ? null : values.winner(setting);
    }

    private boolean isInvalid(Setting<?> setting) {
        return values.isSet(setting) && values.get(setting) == null;
    }
}
