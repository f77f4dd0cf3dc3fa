package dev.wellhead.testkit;

import dev.wellhead.embedded.internal.DataDirectory;
import dev.wellhead.embedded.internal.DataTemplate;
import dev.wellhead.embedded.internal.InitScripts;
import dev.wellhead.embedded.internal.Installation;
import dev.wellhead.embedded.internal.OperatingSystemUser;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Starts a {@link PostgresServer} with settings of the caller. Not thread-safe. */
public final class PostgresServerBuilder {

    private final Map<String, String> settings = new LinkedHashMap<>();
    private final Map<String, String> files = new LinkedHashMap<>();
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

    /** {@return the running server; the caller closes it} */
    public PostgresServer start() {
        return PostgresServer.unchecked(() -> {
            Installation installation = Prepared.INSTALLATION;
            PostgresServer server = start(installation, data -> {
                data.prepare(Prepared.TEMPLATE, installation);
                writeFiles(data, installation);
            });
            try {
                return server.secured(Prepared.TEMPLATE.superuser());
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

    /** The binaries and the initial data, which all servers of this JVM share. */
    private static final class Prepared {

        static final Installation INSTALLATION =
                PostgresServer.unchecked(() -> Installation.prepare(OperatingSystemUser.current()));

        static final DataTemplate TEMPLATE = PostgresServer.unchecked(() -> DataTemplate.prepare(
                INSTALLATION,
                new InitScripts(
                        "postgres",
                        List.of(new InitScripts.Script(
                                "testkit-role.sql",
                                // with the template's password, which is replaced after the start of each server
                                "do $$ begin execute format('create role " + PostgresServer.OWN_ROLE
                                        + " superuser replication login password %L', (select rolpassword from pg_authid"
                                        + " where rolname = current_user)); end $$")))));
    }
}
