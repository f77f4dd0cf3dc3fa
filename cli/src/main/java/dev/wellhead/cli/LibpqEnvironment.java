package dev.wellhead.cli;

import dev.wellhead.internal.open.Inspection;
import dev.wellhead.settings.CredentialsSource;
import dev.wellhead.settings.DatabaseSettings;
import dev.wellhead.settings.HostAndPort;
import dev.wellhead.settings.Origin;
import dev.wellhead.settings.Setting;
import dev.wellhead.settings.Settings;
import dev.wellhead.settings.SslNegotiation;
import dev.wellhead.tls.TrustAnchors;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The settings as libpq's variables. What a session is set up with (time-outs, search path) stays out: a statement
 * time-out that suits a service would end a dump. Source: PostgreSQL documentation, libpq chapter, "Environment
 * Variables".
 */
final class LibpqEnvironment {

    private static final Base64.Encoder PEM = Base64.getMimeEncoder(64, new byte[] {'\n'});

    private final DatabaseSettings settings;
    private final Login login;
    private final PrivateFiles files;
    private final boolean passfile;
    private final Map<String, String> variables = new LinkedHashMap<>();

    LibpqEnvironment(DatabaseSettings settings, Login login, PrivateFiles files, boolean passfile) {
        this.settings = settings;
        this.login = login;
        this.files = files;
        this.passfile = passfile;
    }

    /** {@return the variables; the password is among them unless it is in a file} */
    Map<String, String> variables() throws IOException, GeneralSecurityException {
        List<HostAndPort> hosts = hosts();
        variables.put("PGHOST", joined(hosts.stream().map(HostAndPort::host).toList()));
        variables.put(
                "PGPORT",
                joined(hosts.stream()
                        .map(server -> Integer.toString(server.port()))
                        .toList()));
        variables.put("PGDATABASE", settings.databaseName());
        variables.put("PGUSER", login.user());
        tls();
        if (settings.hosts().size() > 1) {
            copy("PGTARGETSESSIONATTRS", Settings.TARGET_SERVER_TYPE);
        }
        if (hosts.size() > 1) {
            copy("PGLOADBALANCEHOSTS", Settings.LOAD_BALANCE_HOSTS);
        }
        copy("PGREQUIREAUTH", Settings.REQUIRE_AUTH);
        Duration timeout = settings.get(Settings.CONNECT_TIMEOUT);
        // libpq counts whole seconds, and takes one for two
        variables.put(
                "PGCONNECT_TIMEOUT",
                Long.toString(Math.max(2, timeout.plusMillis(999).toSeconds())));
        settings.explain(Settings.APPLICATION_NAME)
                .filter(name -> name.origin().kind() != Origin.Kind.DERIVED)
                .ifPresent(name -> variables.put("PGAPPNAME", name.value()));
        password();
        return Map.copyOf(variables);
    }

    /** An authentication token is for one server, the one {@link Inspection#credentials} asks for: the first. */
    private List<HostAndPort> hosts() {
        List<HostAndPort> hosts = settings.hosts();
        return settings.credentialsSource() instanceof CredentialsSource.Iam ? hosts.subList(0, 1) : hosts;
    }

    private void tls() throws IOException, GeneralSecurityException {
        variables.put("PGSSLMODE", settings.sslMode().value());
        variables.put("PGGSSENCMODE", "disable");
        String root = settings.find(Settings.SSLROOTCERT).orElse("");
        TrustAnchors anchors = settings.trustAnchors().orElse(null);
        if (!root.isEmpty() && !root.equals("system")) {
            variables.put("PGSSLROOTCERT", root);
        } else if (anchors != null) {
            // libpq knows no module's anchors, and before version 16 not those of the system
            variables.put("PGSSLROOTCERT", files.write("root.crt", pem(anchors)).toString());
        }
        settings.find(Settings.SSLCERT).ifPresent(file -> variables.put("PGSSLCERT", file.toString()));
        settings.find(Settings.SSLKEY).ifPresent(file -> variables.put("PGSSLKEY", file.toString()));
        copy("PGCHANNELBINDING", Settings.CHANNEL_BINDING);
        if (settings.get(Settings.SSLNEGOTIATION) != SslNegotiation.POSTGRES) {
            copy("PGSSLNEGOTIATION", Settings.SSLNEGOTIATION);
        }
    }

    private void password() throws IOException {
        if (passfile) {
            String escaped = login.password().replace("\\", "\\\\").replace(":", "\\:");
            variables.put(
                    "PGPASSFILE",
                    files.write("pgpass", "*:*:*:*:" + escaped + "\n").toString());
        } else {
            variables.put("PGPASSWORD", login.password());
        }
    }

    private static String pem(TrustAnchors anchors) throws IOException, GeneralSecurityException {
        Set<X509Certificate> roots = new LinkedHashSet<>(anchors.certificates());
        if (anchors.includesSystemRoots()) {
            roots.addAll(TrustAnchors.ofSystem().certificates());
        }
        StringBuilder text = new StringBuilder();
        for (X509Certificate certificate : roots) {
            text.append("-----BEGIN CERTIFICATE-----\n")
                    .append(PEM.encodeToString(certificate.getEncoded()))
                    .append("\n-----END CERTIFICATE-----\n");
        }
        return text.toString();
    }

    private void copy(String variable, Setting<?> setting) {
        settings.explain(setting).ifPresent(resolved -> variables.put(variable, resolved.value()));
    }

    private static String joined(List<String> texts) {
        return texts.stream().collect(Collectors.joining(","));
    }
}
