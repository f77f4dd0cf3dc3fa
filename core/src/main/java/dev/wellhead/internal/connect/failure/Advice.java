package dev.wellhead.internal.connect.failure;

import dev.wellhead.internal.connect.Addresses;
import dev.wellhead.settings.DatabaseSettings;
import dev.wellhead.settings.HostAndPort;
import dev.wellhead.settings.Origin;
import dev.wellhead.settings.ResolvedSetting;
import dev.wellhead.settings.Setting;
import dev.wellhead.settings.Settings;
import dev.wellhead.spi.FailureKind;
import dev.wellhead.tls.SslMode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where the settings behind a failure came from, and what to do about it. Only used once something failed. */
public final class Advice {

    private final DatabaseSettings settings;

    public Advice(DatabaseSettings settings) {
        this.settings = settings;
    }

    /** {@return the origins of the settings that have a value, each with the name of its setting} */
    public List<Origin> origin(Setting<?>... of) {
        List<Origin> origins = new ArrayList<>(of.length);
        for (Setting<?> setting : of) {
            ResolvedSetting resolved = settings.explain(setting).orElse(null);
            if (resolved != null) {
                origins.add(new Origin.OfSetting(setting.name(), resolved.origin()));
            }
        }
        return origins;
    }

    /** The settings that chose the server: those of the reader where it is one of the reader's. */
    public List<Origin> serverOrigin(HostAndPort server) {
        return origin(Settings.HOST, Settings.PORT);
    }

    public String variable(Setting<?> setting) {
        return settings.variable(setting);
    }

    public String check(Setting<?> first, Setting<?> second) {
        return "Check " + variable(first) + " and " + variable(second) + ".";
    }

    public List<String> unresolved(String host) {
        if (distance(host, "localhost") <= 2) {
            return List.of("Did you mean 'localhost'? It is set by " + variable(Settings.HOST) + ".");
        }
        if (host.indexOf('.') < 0) {
            return List.of("Check " + variable(Settings.HOST)
                    + "; a name without a dot is known only where its search domain or container network is.");
        }
        return List.of(
                "Check " + variable(Settings.HOST) + ", and that this machine can reach a DNS server that knows it.");
    }

    public List<String> refused(HostAndPort server) {
        if (!settings.environment().isStrict() && (settings.hostIsDefault() || isLoopback(server.host()))) {
            return List.of(
                    "Start the local database: add wellhead-embedded to the class path, or run `make infrastructure-up`.",
                    "If it runs elsewhere, set " + variable(Settings.HOST) + " and " + variable(Settings.PORT) + ".");
        }
        return List.of("Check " + variable(Settings.HOST) + " and " + variable(Settings.PORT)
                + ", and that the server runs and listens on that address (listen_addresses).");
    }

    private static boolean isLoopback(String host) {
        return host.equals("localhost")
                || (Addresses.isLiteral(host) && Addresses.parse(host).isLoopbackAddress());
    }

    public String unreachable() {
        return "Check " + variable(Settings.HOST) + " and " + variable(Settings.PORT)
                + "; a firewall or security group that drops packets looks like this.";
    }

    public String silent() {
        return "Check that " + variable(Settings.PORT) + " is PostgreSQL's; " + variable(Settings.CONNECT_TIMEOUT)
                + " allows a slow server more time.";
    }

    public String slow() {
        return variable(Settings.CONNECT_TIMEOUT) + " allows a slow server more time.";
    }

    public List<String> untrusted() {
        String trusted = settings.trustAnchors()
                .map(anchors -> "Trusted: " + anchors.description() + ". ")
                .orElse("");
        return List.of(trusted + "Set " + variable(Settings.SSLROOTCERT)
                + " to the root certificate of the authority that issued it.");
    }

    public List<String> noTls() {
        if (settings.environment().isStrict()) {
            return List.of("Switch on TLS in the server (ssl = on); environment '"
                    + settings.environment().name() + "' needs it.");
        }
        return List.of("Switch on TLS in the server (ssl = on), or set " + variable(Settings.SSLMODE) + " to "
                + SslMode.PREFER + ".");
    }

    public List<String> notAdmitted(boolean encrypted, String serverMessage) {
        if (serverMessage.contains("client certificate")) {
            return List.of("Set " + variable(Settings.SSLCERT) + " and " + variable(Settings.SSLKEY) + ".");
        }
        if (!encrypted) {
            return List.of(
                    "The connection was not encrypted: where the server wants TLS, set " + variable(Settings.SSLMODE)
                            + " to " + SslMode.REQUIRE + ".",
                    "Otherwise add a line for this client to pg_hba.conf.");
        }
        return List.of("Add a line for this client to pg_hba.conf.");
    }

    public List<String> tooMany(@Nullable String routine) {
        String pool = variable(Settings.MAXIMUM_POOL_SIZE);
        if ("InitializeSessionUserId".equals(routine)) {
            return List.of("Raise the role's limit (ALTER ROLE ... CONNECTION LIMIT), or lower " + pool + ".");
        }
        if ("CheckMyDatabase".equals(routine)) {
            return List.of("Raise the database's limit (ALTER DATABASE ... CONNECTION LIMIT), or lower " + pool + ".");
        }
        return List.of("Raise max_connections on the server, or lower " + pool + " of the services that use it.");
    }

    public List<String> certificate(FailureKind kind) {
        return switch (kind) {
            case TLS_UNTRUSTED -> untrusted();
            case TLS_WRONG_HOST_NAME ->
                List.of("Set " + variable(Settings.HOST)
                        + " to a name the certificate has, or give the server a certificate for this one.");
            default -> List.of("Renew the certificate, or check the clock of this machine.");
        };
    }

    private static int distance(String a, String b) {
        if (Math.abs(a.length() - b.length()) > 2) {
            return Integer.MAX_VALUE;
        }
        int[] previous = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] row = new int[b.length() + 1];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                row[j] = Math.min(Math.min(row[j - 1], previous[j]) + 1, previous[j - 1] + change);
            }
            previous = row;
        }
        return previous[b.length()];
    }
}
