package dev.wellhead.internal.resolve;

import dev.wellhead.internal.sources.Facts;
import dev.wellhead.internal.types.Problems;
import dev.wellhead.internal.types.RawValue;
import dev.wellhead.settings.ConfigurationException;
import dev.wellhead.settings.CredentialsSource;
import dev.wellhead.settings.DatabaseSettings;
import dev.wellhead.settings.HostAndPort;
import dev.wellhead.settings.Origin;
import dev.wellhead.settings.Settings;
import dev.wellhead.tls.TrustAnchors;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Turns what the sources said into settings, or into every problem there is. */
public final class Decision {

    private final Facts facts;
    private final List<RawValue> overriding;
    private final @Nullable Completion completion;
    private final Problems problems;
    private final Values values = new Values();
    private final List<String> warnings;

    private Decision(Facts facts, List<RawValue> overriding, @Nullable Completion completion, Problems problems) {
        this.facts = facts;
        this.overriding = overriding;
        this.completion = completion;
        this.problems = problems;
        this.warnings = new ArrayList<>(facts.warnings());
    }

    /**
     * {@return the settings}
     *
     * @param overriding values above all sources, of a database that was started
     * @param completion what a secret says, or {@code null} while it has not been asked
     * @param problems what is known to be wrong already
     * @throws ConfigurationException when there is any problem
     */
    public static DatabaseSettings decide(
            Facts facts, List<RawValue> overriding, @Nullable Completion completion, Problems problems) {
        return new Decision(facts, overriding, completion, problems).decide();
    }

    private DatabaseSettings decide() {
        gather();
        values.parse(problems);
        HostList lists = new HostList(values, problems);
        List<HostAndPort> hosts = lists.read(Settings.HOST, Settings.PORT);
        List<HostAndPort> readers = readers(lists);
        PassfileLookup passfile = new PassfileLookup(facts, values, hosts, problems, warnings);
        CredentialsSource credentials = new CredentialsDecision(facts, values, problems).decide(passfile);
        // a secret that is set and no value is a problem already, and might have said the rest
        boolean bringsUser = credentials instanceof CredentialsSource.Secret
                || credentials instanceof CredentialsSource.Supplied
                || (credentials == null && values.isSet(Settings.SECRET_ID));
        boolean isOpen = completion == null && bringsUser;
        reportMissing(credentials, bringsUser, isOpen, passfile);
        List<HostAndPort> servers = new ArrayList<>(hosts);
        servers.addAll(readers);
        Optional<TrustAnchors> anchors =
                new TlsDecision(facts, values, servers, completion, isOpen, problems, warnings).decide();
        warnOfDefaultPassword(servers);
        new PoolTimes(values, facts.name(), problems).decide();
        new PoolerChecks(values, problems).decide();
        new Requirements(values, facts.name(), problems).check();
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems.all(), values.explain());
        }
        if (credentials == null) {
            throw new IllegalStateException("no credentials and no problem");
        }
        return new DatabaseSettings(
                facts, overriding, completion, values, hosts, readers, credentials, anchors.orElse(null), warnings);
    }

    private void gather() {
        for (RawValue raw : facts.said()) {
            values.add(raw);
        }
        if (completion != null) {
            for (RawValue raw : completion.values()) {
                values.add(raw);
            }
        }
        Defaults.addTo(values, facts.environment());
        values.add(facts.applicationName());
        for (RawValue raw : overriding) {
            values.override(raw);
        }
    }

    private void warnOfDefaultPassword(List<HostAndPort> servers) {
        RawValue password = values.winner(Settings.PASSWORD);
        if (password == null || password.origin().kind() != Origin.Kind.DEFAULT) {
            return;
        }
        for (HostAndPort server : servers) {
            if (!HostList.isLoopback(server.host())) {
                warnings.add("The default password goes to " + server + ", which is not on this machine. Set "
                        + facts.name().variable(Settings.PASSWORD) + ", or ENVIRONMENT if this is not '"
                        + facts.environment().name() + "'.");
                return;
            }
        }
    }

    private List<HostAndPort> readers(HostList lists) {
        if (!values.isSet(Settings.READER_HOST)) {
            return List.of();
        }
        boolean own = values.isSet(Settings.READER_PORT);
        return lists.read(Settings.READER_HOST, own ? Settings.READER_PORT : Settings.PORT);
    }

    private void reportMissing(
            @Nullable CredentialsSource credentials, boolean bringsUser, boolean isOpen, PassfileLookup passfile) {
        MissingValues missing = new MissingValues(facts, values, completion, problems);
        if (facts.isIncomplete()) {
            return;
        }
        if (!isOpen) {
            missing.reportWhere();
        }
        if (!bringsUser) {
            missing.reportUser();
        }
        if (credentials == null && !hasSource()) {
            missing.reportPassword(passfile);
        }
    }

    /** A source that is there and wrong is a problem of its own already. */
    private boolean hasSource() {
        return values.isSet(Settings.PASSWORD)
                || values.isSet(Settings.PASSWORD_FILE)
                || values.isSet(Settings.SECRET_ID);
    }
}
