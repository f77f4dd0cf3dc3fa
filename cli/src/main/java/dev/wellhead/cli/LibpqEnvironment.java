package dev.wellhead.cli;

import dev.wellhead.credentials.Credentials;
import dev.wellhead.internal.connect.tls.ClientPem;
import dev.wellhead.internal.files.FileKind;
import dev.wellhead.internal.files.RegularFiles;
import dev.wellhead.internal.files.UnreadableFileException;
import dev.wellhead.internal.pem.PemBlocks;
import dev.wellhead.settings.CredentialsSource;
import dev.wellhead.settings.DatabaseSettings;
import dev.wellhead.settings.HostAndPort;
import dev.wellhead.settings.Origin;
import dev.wellhead.settings.Setting;
import dev.wellhead.settings.Settings;
import dev.wellhead.settings.SslNegotiation;
import dev.wellhead.tls.FileOrPem;
import dev.wellhead.tls.TrustAnchors;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
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
 * Converts the settings to libpq's environment variables. Settings of the session (time-outs, search path) are left
 * out: a statement time-out that suits a service would end a dump. Source: PostgreSQL documentation, libpq chapter,
 * "Environment Variables".
 */
final class LibpqEnvironment {

    /** RFC 7468: lines of 64 characters. */
    private static final Base64.Encoder PEM = Base64.getMimeEncoder(64, new byte[] {'\n'});

    /** libpq treats a connect_timeout of 1 as 2. */
    private static final long MINIMUM_CONNECT_TIMEOUT_SECONDS = 2;

    private static final String CLIENT_CERTIFICATE = "client.crt";
    private static final String CLIENT_KEY = "client.key";

    private final DatabaseSettings settings;
    private final Credentials credentials;
    private final PrivateFiles files;
    private final boolean passfile;
    private final Map<String, String> variables = new LinkedHashMap<>();

    /**
     * @param files receives the files that the variables refer to
     * @param passfile whether the password is written to a file instead of a variable
     */
    LibpqEnvironment(DatabaseSettings settings, Credentials credentials, PrivateFiles files, boolean passfile) {
        this.settings = settings;
        this.credentials = credentials;
        this.files = files;
        this.passfile = passfile;
    }

    /**
     * {@return the variables; sensitive, because they contain the password or the name of its file}
     *
     * @throws IOException if a file cannot be read or written, or the password cannot be written to a password file
     */
    Map<String, String> variables() throws IOException, GeneralSecurityException {
        servers();
        variables.put("PGDATABASE", settings.databaseName());
        variables.put("PGUSER", credentials.user());
        tls();
        copy("PGREQUIREAUTH", Settings.REQUIRE_AUTH);
        Duration timeout = settings.get(Settings.CONNECT_TIMEOUT);
        // libpq counts whole seconds
        long seconds = Math.max(
                MINIMUM_CONNECT_TIMEOUT_SECONDS, timeout.plusMillis(999).toSeconds());
        variables.put("PGCONNECT_TIMEOUT", Long.toString(seconds));
        // a derived name is that of this program, not of the command
        settings.explain(Settings.APPLICATION_NAME)
                .filter(name -> name.origin().kind() != Origin.Kind.DERIVED)
                .ifPresent(name -> variables.put("PGAPPNAME", settings.get(Settings.APPLICATION_NAME)));
        password();
        return Map.copyOf(variables);
    }

    private void servers() {
        List<HostAndPort> hosts = settings.hosts();
        if (hosts.size() > 1) {
            copy("PGTARGETSESSIONATTRS", Settings.TARGET_SERVER_TYPE);
        }
        if (settings.credentialsSource() instanceof CredentialsSource.Provided) {
            // an authentication token is valid for one server; Inspection requests it for the first
            hosts = hosts.subList(0, 1);
        } else if (hosts.size() > 1) {
            copy("PGLOADBALANCEHOSTS", Settings.LOAD_BALANCE_HOSTS);
        }
        variables.put("PGHOST", hosts.stream().map(HostAndPort::host).collect(Collectors.joining(",")));
        variables.put(
                "PGPORT",
                hosts.stream().map(server -> Integer.toString(server.port())).collect(Collectors.joining(",")));
    }

    private void tls() throws IOException, GeneralSecurityException {
        variables.put("PGSSLMODE", settings.sslMode().value());
        variables.put("PGGSSENCMODE", "disable");
        FileOrPem root = settings.find(Settings.SSLROOTCERT).orElse(null);
        TrustAnchors anchors = settings.trustAnchors().orElse(null);
        if (root != null && isFileOfLibpq(root)) {
            variables.put("PGSSLROOTCERT", root.toString());
        } else if (anchors != null) {
            // libpq reads only PEM files, and the roots of the system only since version 16
            variables.put("PGSSLROOTCERT", files.write("root.crt", pem(anchors)).toString());
        }
        settings.find(Settings.SSLCRL).ifPresent(file -> variables.put("PGSSLCRL", file.toString()));
        settings.find(Settings.SSLCRLDIR).ifPresent(directory -> variables.put("PGSSLCRLDIR", directory.toString()));
        clientCertificate();
        copy("PGCHANNELBINDING", Settings.CHANNEL_BINDING);
        // the default needs no variable, and libpq has it only since version 17
        if (settings.get(Settings.SSLNEGOTIATION) != SslNegotiation.POSTGRES) {
            copy("PGSSLNEGOTIATION", Settings.SSLNEGOTIATION);
        }
    }

    /** libpq reads only PEM files, and has no variable for the password of a key. */
    private void clientCertificate() throws IOException {
        ClientPem converted = ClientPem.of(settings);
        if (converted == null) {
            copyFile("PGSSLCERT", Settings.SSLCERT, CLIENT_CERTIFICATE);
            copyFile("PGSSLKEY", Settings.SSLKEY, CLIENT_KEY);
        } else {
            variables.put(
                    "PGSSLCERT",
                    files.write(CLIENT_CERTIFICATE, converted.certificates()).toString());
            variables.put("PGSSLKEY", files.write(CLIENT_KEY, converted.key()).toString());
        }
    }

    /**
     * Returns whether a setting names a file with PEM blocks: not a file in DER format and not a key store. The command
     * reports a file that cannot be read.
     */
    private static boolean isFileOfLibpq(FileOrPem root) {
        Path file = root.isSystem() ? null : root.file().orElse(null);
        if (file == null) {
            return false;
        }
        try {
            byte[] content = RegularFiles.read(file, FileKind.CERTIFICATES);
            return PemBlocks.isIn(new String(content, StandardCharsets.ISO_8859_1));
        } catch (UnreadableFileException e) {
            return true;
        }
    }

    /** libpq reads only files, so PEM text is written to one. */
    private void copyFile(String variable, Setting<FileOrPem> setting, String name) throws IOException {
        FileOrPem source = settings.find(setting).orElse(null);
        if (source != null) {
            String pem = source.pem().orElse(null);
            variables.put(
                    variable,
                    pem == null ? source.toString() : files.write(name, pem).toString());
        }
    }

    private void password() throws IOException {
        if (!credentials.hasPassword()) {
            return;
        }
        if (passfile) {
            requireOneLine(credentials.password());
            String escaped = credentials.password().replace("\\", "\\\\").replace(":", "\\:");
            variables.put(
                    "PGPASSFILE",
                    files.write("pgpass", "*:*:*:*:" + escaped + "\n").toString());
        } else {
            variables.put("PGPASSWORD", credentials.password());
        }
    }

    /** libpq reads the file line by line and removes carriage returns at the end of a line. */
    private static void requireOneLine(String password) throws IOException {
        if (password.indexOf('\n') >= 0 || password.indexOf('\r') >= 0) {
            throw new IOException("The password contains a line break, which a password file of libpq cannot contain."
                    + " Use exec without --passfile, which passes the password in PGPASSWORD.");
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
        settings.find(setting).ifPresent(value -> variables.put(variable, value.toString()));
    }
}
