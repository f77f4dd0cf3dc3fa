package dev.wellhead.cli;

import dev.wellhead.internal.text.HostNames;
import dev.wellhead.settings.CredentialsSource;
import dev.wellhead.settings.DatabaseSettings;
import dev.wellhead.settings.HostAndPort;
import dev.wellhead.settings.Pooler;
import dev.wellhead.settings.Setting;
import dev.wellhead.settings.Settings;
import dev.wellhead.settings.TargetServerType;
import dev.wellhead.tls.SslMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds valid settings that will cause trouble: weak TLS, and times that do not fit each other or the network. The
 * resolver does not report them, because a service can have a reason for such a value. {@code explain} does, since a
 * person reads its output. Not thread-safe.
 */
final class ConfigurationWarnings {

    /** Source: Amazon VPC User Guide, NAT gateways; Elastic Load Balancing, Network Load Balancers: idle timeout. */
    private static final Duration NETWORK_IDLE_LIMIT = Duration.ofSeconds(350);

    /** Source: Amazon RDS User Guide, RDS Proxy: IdleClientTimeout, 30 minutes by default. */
    private static final Duration RDS_PROXY_IDLE_LIMIT = Duration.ofMinutes(30);

    /** Source: Amazon RDS User Guide, RDS Proxy: the longest life of a client connection. */
    private static final Duration RDS_PROXY_LIFE_LIMIT = Duration.ofHours(24);

    /** Source: AWS Secrets Manager User Guide, rotation schedules: the shortest interval. */
    private static final Duration SHORTEST_ROTATION = Duration.ofHours(4);

    /** The code of every warning about two times that contradict each other, in the JSON output. */
    private static final String TIMES = "times-do-not-fit";

    private final DatabaseSettings settings;
    private final List<Finding> warnings = new ArrayList<>();

    ConfigurationWarnings(DatabaseSettings settings) {
        this.settings = settings;
    }

    /** {@return the warnings, those about TLS first; empty if there are none} Called once. */
    List<Finding> all() {
        checkTls();
        checkLifetime();
        checkKeepalive();
        checkTimeouts();
        checkRoles();
        return List.copyOf(warnings);
    }

    /**
     * Warns of traffic that others can read or redirect. With root certificates, {@code require} verifies the chain
     * like {@code verify-ca}, but any certificate of the same authority is accepted: RDS, for example, has one
     * authority for all customers of a region.
     */
    private void checkTls() {
        SslMode mode = settings.sslMode();
        boolean verifiable = settings.trustAnchors().isPresent();
        if (verifiable && mode != SslMode.VERIFY_FULL && mode.isAtLeast(SslMode.REQUIRE)) {
            add(
                    "host-name-not-verified",
                    Settings.SSLMODE,
                    "The SSL mode is " + mode + ": the server's certificate is verified, but not the host name in it.",
                    "Set " + variable(Settings.SSLMODE) + " to verify-full.");
        }
        // in a strict environment, plaintextHosts permits it, and the settings have a warning of their own
        boolean vouched = settings.environment().isStrict();
        if (!mode.isAtLeast(SslMode.REQUIRE) && !isLoopbackOnly() && !vouched) {
            add(
                    "not-encrypted",
                    Settings.SSLMODE,
                    "The SSL mode is " + mode + " and the server is on another machine: anyone on the network path can"
                            + " read and change the traffic.",
                    "Set " + variable(Settings.SSLMODE) + " to verify-full, and " + variable(Settings.SSLROOTCERT)
                            + " to the root certificate.");
        }
    }

    /** Warns of connections that live longer than their credentials, or than the proxy allows. */
    private void checkLifetime() {
        String variable = variable(Settings.MAX_LIFETIME);
        if (settings.credentialsSource() instanceof CredentialsSource.Secret
                && isLonger(Settings.MAX_LIFETIME, SHORTEST_ROTATION)) {
            add(
                    TIMES,
                    Settings.MAX_LIFETIME,
                    "maxLifetime is " + value(Settings.MAX_LIFETIME)
                            + ", but a secret can rotate every 4h: a session can"
                            + " outlive two rotations, and then run as a role that is no longer in use.",
                    "Set " + variable + " to 30m.");
        }
        if (isBehindRdsProxy() && isLonger(Settings.MAX_LIFETIME, RDS_PROXY_LIFE_LIMIT.minusMillis(1))) {
            add(
                    TIMES,
                    Settings.MAX_LIFETIME,
                    "maxLifetime is " + value(Settings.MAX_LIFETIME) + ", but RDS Proxy closes a connection after 24h.",
                    "Set " + variable + " to less than 24h.");
        }
    }

    /**
     * Warns of idle connections that the network drops. The client is not notified of that: the next statement waits
     * until TCP gives up, about 15 minutes by default on Linux.
     */
    private void checkKeepalive() {
        Duration limit = isBehindRdsProxy() ? RDS_PROXY_IDLE_LIMIT : NETWORK_IDLE_LIMIT;
        boolean matters = settings.environment().isStrict() && !isLoopbackOnly();
        if (matters && isLonger(Settings.KEEPALIVE_TIME, limit.minusMillis(1))) {
            add(
                    TIMES,
                    Settings.KEEPALIVE_TIME,
                    "keepaliveTime is " + value(Settings.KEEPALIVE_TIME) + ", but "
                            + (isBehindRdsProxy()
                                    ? "RDS Proxy closes connections that are idle for 30m."
                                    : "NAT gateways and network load balancers drop connections that are idle for 350s."),
                    "Set " + variable(Settings.KEEPALIVE_TIME) + " to 2m.");
        }
    }

    /** Warns of pairs of time-outs of which one cannot have an effect. */
    private void checkTimeouts() {
        int servers = settings.hosts().size();
        Duration connect = settings.get(Settings.CONNECT_TIMEOUT);
        Duration connection = settings.get(Settings.CONNECTION_TIMEOUT);
        if (servers > 1 && connect.multipliedBy(servers).compareTo(connection) > 0) {
            add(
                    TIMES,
                    Settings.CONNECT_TIMEOUT,
                    "connectTimeout (" + value(Settings.CONNECT_TIMEOUT) + ") for each of " + servers
                            + " servers does not fit into connectionTimeout (" + value(Settings.CONNECTION_TIMEOUT)
                            + "): each server gets an equal share of it.",
                    "Lower " + variable(Settings.CONNECT_TIMEOUT) + " or raise " + variable(Settings.CONNECTION_TIMEOUT)
                            + ".");
        }
        Duration startup = settings.get(Settings.STARTUP_TIMEOUT);
        if (!startup.isZero() && startup.compareTo(connect) < 0) {
            add(
                    TIMES,
                    Settings.STARTUP_TIMEOUT,
                    "startupTimeout (" + value(Settings.STARTUP_TIMEOUT) + ") is shorter than connectTimeout ("
                            + value(Settings.CONNECT_TIMEOUT) + "), the time of one attempt.",
                    "Raise " + variable(Settings.STARTUP_TIMEOUT) + ".");
        }
        Duration lock = settings.find(Settings.LOCK_TIMEOUT).orElse(Duration.ZERO);
        Duration statement = settings.find(Settings.STATEMENT_TIMEOUT).orElse(Duration.ZERO);
        if (!lock.isZero() && !statement.isZero() && lock.compareTo(statement) >= 0) {
            add(
                    TIMES,
                    Settings.LOCK_TIMEOUT,
                    "lockTimeout (" + value(Settings.LOCK_TIMEOUT) + ") has no effect, because statementTimeout ("
                            + value(Settings.STATEMENT_TIMEOUT) + ") is not longer.",
                    "Lower " + variable(Settings.LOCK_TIMEOUT) + ".");
        }
    }

    /** Warns of a list in which a former primary that refuses writes counts as a primary, as in libpq. */
    private void checkRoles() {
        TargetServerType type = settings.get(Settings.TARGET_SERVER_TYPE);
        boolean writes = !settings.get(Settings.READ_ONLY);
        if (settings.hosts().size() > 1 && writes && type == TargetServerType.PRIMARY) {
            add(
                    "primary-may-be-read-only",
                    Settings.TARGET_SERVER_TYPE,
                    "targetServerType is primary, which is every server that is no standby. A former primary that is"
                            + " read-only by default is used if no other server accepts writes.",
                    "Set " + variable(Settings.TARGET_SERVER_TYPE) + " to read-write.");
        }
    }

    /** HikariCP turns a limit off with 0. */
    private boolean isLonger(Setting<Duration> setting, Duration limit) {
        Duration value = settings.get(setting);
        return value.isZero() || value.compareTo(limit) > 0;
    }

    /**
     * {@return whether pooler is {@code rds-proxy}} Then the limits of RDS Proxy apply instead of those of the network.
     */
    private boolean isBehindRdsProxy() {
        return settings.get(Settings.POOLER) == Pooler.RDS_PROXY;
    }

    /** {@return whether the traffic never leaves this machine} */
    private boolean isLoopbackOnly() {
        for (HostAndPort server : settings.hosts()) {
            if (!HostNames.isLoopback(server.host())) {
                return false;
            }
        }
        // if the host is in the secret, it is not on this machine
        return !settings.hosts().isEmpty();
    }

    private void add(String code, Setting<?> setting, String message, String fix) {
        warnings.add(Finding.warning(code, variable(setting), message, fix));
    }

    /** {@return the variable that sets a setting of this database, such as {@code LEDGER_DB_SSLMODE}} */
    private String variable(Setting<?> setting) {
        return settings.variable(setting);
    }

    /** {@return the value as the user would write it, such as {@code 30s}} */
    private String value(Setting<?> setting) {
        return settings.explain(setting).map(resolved -> resolved.value()).orElse("not set");
    }
}
