package dev.wellhead.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Starts a PostgreSQL that differs from the usual one. Not thread-safe. */
public final class PostgresServerBuilder {

    private static final int PORTS_TRIED = 5;

    private final Map<String, String> settings = new LinkedHashMap<>();
    private final Map<String, String> files = new LinkedHashMap<>();
    private List<String> hba = List.of("host all all all scram-sha-256");

    PostgresServerBuilder() {
        // nothing in a test outlives the machine: what makes data durable only costs time
        settings.put("fsync", "off");
        settings.put("full_page_writes", "off");
        settings.put("synchronous_commit", "off");
        settings.put("shared_buffers", "16MB");
        settings.put("max_connections", "100");
        settings.put("listen_addresses", "127.0.0.1,::1");
        settings.put("unix_socket_directories", "");
        settings.put("timezone", "UTC");
        settings.put("log_timezone", "UTC");
    }

    /** Speaks TLS with this certificate; plain connections still work unless {@link #hba} refuses them. */
    public PostgresServerBuilder tls(IssuedCertificate certificate) {
        files.put("server.crt", certificate.certificatePem());
        files.put("server.key", certificate.keyPem());
        return setting("ssl", "on");
    }

    /** Trusts client certificates of this authority; say {@code clientcert} or {@code cert} in {@link #hba} to want them. */
    public PostgresServerBuilder clientAuthority(CertificateAuthority authority) {
        files.put("root.crt", authority.certificatePem());
        return setting("ssl_ca_file", "root.crt");
    }

    /**
     * The rules of pg_hba.conf; {@code host all all all scram-sha-256} unless called. The testkit's own access does not
     * depend on them.
     */
    public PostgresServerBuilder hba(String... lines) {
        hba = List.of(lines);
        return this;
    }

    /** A server setting, as in postgresql.conf, without quotes. */
    public PostgresServerBuilder setting(String name, String value) {
        settings.put(name, value);
        return this;
    }

    /** {@return the running server; the caller closes it} */
    public PostgresServer start() {
        return PostgresServer.unchecked(() -> {
            PostgresBinaries binaries = PostgresServer.binaries();
            Path directory = directory();
            Path data = directory.resolve("data");
            binaries.createDataDirectory(data);
            writeFiles(data);
            binaries.user().own(directory);
            return startOnFreePort(binaries, directory);
        });
    }

    /** {@return a server on a copy of another's data} */
    PostgresServer startCopy(PostgresBinaries binaries, Path directory) throws IOException {
        binaries.user().own(directory);
        return startOnFreePort(binaries, directory);
    }

    static Path directory() throws IOException {
        return Files.createTempDirectory("wellhead-postgres");
    }

    private static PostgresServer startOnFreePort(PostgresBinaries binaries, Path directory) throws IOException {
        for (int attempt = 1; ; attempt++) {
            int port = FreePort.find();
            Path configuration = directory.resolve("data").resolve("postgresql.auto.conf");
            Files.writeString(configuration, "port = " + port + "\n", StandardOpenOption.APPEND);
            try {
                return new PostgresServer(binaries, directory, port, ServerProcess.start(binaries, directory));
            } catch (IOException e) {
                if (attempt == PORTS_TRIED || !String.valueOf(e.getMessage()).contains("could not bind")) {
                    Trees.delete(directory);
                    throw e;
                }
            }
        }
    }

    private void writeFiles(Path data) throws IOException {
        StringBuilder text = new StringBuilder();
        settings.forEach((name, value) -> text.append(name)
                .append(" = '")
                .append(value.replace("'", "''"))
                .append("'\n"));
        Files.writeString(data.resolve("postgresql.auto.conf"), text);
        Files.writeString(data.resolve("pg_hba.conf"), PostgresServer.hbaText(hba));
        for (Map.Entry<String, String> file : files.entrySet()) {
            Path path = Files.createFile(
                    data.resolve(file.getKey()),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(path, file.getValue());
        }
    }
}
