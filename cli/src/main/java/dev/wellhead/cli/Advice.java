package dev.wellhead.cli;

import dev.wellhead.settings.CredentialsSource;
import dev.wellhead.settings.DatabaseSettings;
import dev.wellhead.settings.HostAndPort;
import dev.wellhead.settings.Pooler;
import dev.wellhead.settings.Setting;
import dev.wellhead.settings.Settings;
import dev.wellhead.tls.SslMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What works and will hurt one day: times that do not fit each other or what stands between, TLS that could be stronger. */
final class Advice {

    /** Source: Amazon VPC User Guide, NAT gateways; Elastic Load Balancing, Network Load Balancers: idle timeout. */
    private static final Duration IDLE_IN_THE_NETWORK = Duration.ofSeconds(350);

    /** Source: Amazon RDS User Guide, RDS Proxy: IdleClientTimeout, 30 minutes unless set. */
    private static final Duration IDLE_IN_RDS_PROXY = Duration.ofMinutes(30);

    /** Source: Amazon RDS User Guide, RDS Proxy: a client connection lives 24 hours at most. */
    private static final Duration LIFE_IN_RDS_PROXY = Duration.ofHours(24);

    /** Source: AWS Secrets Manager User Guide, rotation schedules: every four hours at the most often. */
    private static final Duration SHORTEST_ROTATION = Duration.ofHours(4);

    private final DatabaseSettings settings;
    private final List<Finding> warnings = new ArrayList<>();

    Advice(DatabaseSettings settings) {
        this.settings = settings;
    }

    List<Finding> warnings() {
        tls();
        lifetimes();
        deadlines();
        return List.copyOf(warnings);
    }

    private void tls() {
        SslMode mode = settings.sslMode();
        boolean verifiable = settings.trustAnchors().isPresent();
        if (verifiable && mode != SslMode.VERIFY_FULL && mode.isAtLeast(SslMode.REQUIRE)) {
            add(
                    Settings.SSLMODE,
                    "The SSL mode is " + mode
                            + ": the certificate is verified and the host name in it is not, though the"
                            + " root certificates are known.",
                    "Set " + variable(Settings.SSLMODE) + " to verify-full.");
        }
        if (!mode.isAtLeast(SslMode.REQUIRE) && !isAllLoopback()) {
            add(
                    Settings.SSLMODE,
                    "The SSL mode is " + mode + ", and a server is not on this machine: who sits between can read and"
                            + " change what is sent.",
                    "Set " + variable(Settings.SSLMODE) + " to verify-full, and " + variable(Settings.SSLROOTCERT)
                            + " to the root certificate.");
        }
    }

    private void lifetimes() {
        Duration lifetime = settings.get(Settings.MAX_LIFETIME);
        boolean endless = lifetime.isZero();
        if (settings.credentialsSource() instanceof CredentialsSource.Secret
                && (endless || lifetime.compareTo(SHORTEST_ROTATION) > 0)) {
            add(
                    Settings.MAX_LIFETIME,
                    "maxLifetime is " + shown(Settings.MAX_LIFETIME) + ", longer than a secret may take to rotate ("
                            + "4h): a session can outlive two rotations, and with two users the role it runs as.",
                    "Set " + variable(Settings.MAX_LIFETIME) + " to 30m.");
        }
        if (settings.get(Settings.POOLER) == Pooler.RDS_PROXY
                && (endless || lifetime.compareTo(LIFE_IN_RDS_PROXY) >= 0)) {
            add(
                    Settings.MAX_LIFETIME,
                    "maxLifetime is " + shown(Settings.MAX_LIFETIME) + ", and RDS Proxy ends a connection after 24h.",
                    "Set " + variable(Settings.MAX_LIFETIME) + " below 24h.");
        }
        idle();
    }

    private void idle() {
        Duration keepalive = settings.get(Settings.KEEPALIVE_TIME);
        Duration limit = settings.get(Settings.POOLER) == Pooler.RDS_PROXY ? IDLE_IN_RDS_PROXY : IDLE_IN_THE_NETWORK;
        boolean needed = settings.environment().isStrict() && !isAllLoopback();
        if (needed && (keepalive.isZero() || keepalive.compareTo(limit) >= 0)) {
            String who = settings.get(Settings.POOLER) == Pooler.RDS_PROXY
                    ? "RDS Proxy ends connections that idle for 30m"
                    : "NAT gateways and network load balancers forget connections that idle for 350s";
            add(
                    Settings.KEEPALIVE_TIME,
                    "keepaliveTime is " + shown(Settings.KEEPALIVE_TIME) + ", and " + who + ".",
                    "Set " + variable(Settings.KEEPALIVE_TIME) + " to 2m.");
        }
    }

    private void deadlines() {
        int servers = settings.hosts().size();
        Duration connect = settings.get(Settings.CONNECT_TIMEOUT);
        Duration connection = settings.get(Settings.CONNECTION_TIMEOUT);
        if (servers > 1 && connect.multipliedBy(servers).compareTo(connection) > 0) {
            add(
                    Settings.CONNECT_TIMEOUT,
                    servers + " servers of up to " + shown(Settings.CONNECT_TIMEOUT)
                            + " each (connectTimeout) do not fit"
                            + " in connectionTimeout (" + shown(Settings.CONNECTION_TIMEOUT)
                            + "): each gets an even share of what is left.",
                    "Shorten " + variable(Settings.CONNECT_TIMEOUT) + " or lengthen "
                            + variable(Settings.CONNECTION_TIMEOUT) + ".");
        }
        Duration startup = settings.get(Settings.STARTUP_TIMEOUT);
        if (!startup.isZero() && startup.compareTo(connect) < 0) {
            add(
                    Settings.STARTUP_TIMEOUT,
                    "startupTimeout (" + shown(Settings.STARTUP_TIMEOUT) + ") is shorter than one attempt may take"
                            + " (connectTimeout, " + shown(Settings.CONNECT_TIMEOUT) + ").",
                    "Lengthen " + variable(Settings.STARTUP_TIMEOUT) + ".");
        }
        Duration lock = settings.find(Settings.LOCK_TIMEOUT).orElse(Duration.ZERO);
        Duration statement = settings.find(Settings.STATEMENT_TIMEOUT).orElse(Duration.ZERO);
        if (!lock.isZero() && !statement.isZero() && lock.compareTo(statement) >= 0) {
            add(
                    Settings.LOCK_TIMEOUT,
                    "lockTimeout (" + shown(Settings.LOCK_TIMEOUT) + ") never ends a wait: statementTimeout ("
                            + shown(Settings.STATEMENT_TIMEOUT) + ") is not longer.",
                    "Shorten " + variable(Settings.LOCK_TIMEOUT) + ".");
        }
    }

    private boolean isAllLoopback() {
        for (HostAndPort server : settings.hosts()) {
            String host = server.host();
            if (!host.equals("localhost") && !host.startsWith("127.") && !host.equals("::1")) {
                return false;
            }
        }
        // where only a secret can say, it is not on this machine
        return !settings.hosts().isEmpty();
    }

    private void add(Setting<?> setting, String message, String fix) {
        warnings.add(Finding.warning(variable(setting), message, fix));
    }

    private String variable(Setting<?> setting) {
        return settings.variable(setting);
    }

    private String shown(Setting<?> setting) {
        return settings.explain(setting).map(resolved -> resolved.value()).orElse("not set");
    }
}
