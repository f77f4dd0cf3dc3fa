package dev.wellhead.internal.connect.tls;

import dev.wellhead.internal.text.HostNames;
import dev.wellhead.testkit.PostgresServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The psql of PostgreSQL 15, if this machine has it. */
final class Psql {

    private static final Path DEBIAN = Path.of("/usr/lib/postgresql/15/bin/psql");

    private final Path program;

    private Psql(Path program) {
        this.program = program;
    }

    static @Nullable Psql find() {
        return Files.isExecutable(DEBIAN) ? new Psql(DEBIAN) : null;
    }

    /** Starts to open a connection. The server is on loopback, whatever the name of the host. */
    Attempt connect(PostgresServer server, String host, String mode, Path home, Path roots, @Nullable Path lists)
            throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                        program.toString(), "--no-psqlrc", "--no-password", "-Atc", "select 1")
                .redirectErrorStream(true);
        Map<String, String> variables = builder.environment();
        variables.keySet().removeIf(name -> name.startsWith("PG"));
        variables.put("HOME", home.toString());
        variables.put("PGHOST", host);
        variables.put("PGHOSTADDR", HostNames.isLiteral(host) ? host : "127.0.0.1");
        variables.put("PGPORT", Integer.toString(server.port()));
        variables.put("PGDATABASE", "postgres");
        variables.put("PGUSER", PostgresServer.SUPERUSER);
        variables.put("PGPASSWORD", PostgresServer.SUPERUSER_PASSWORD);
        variables.put("PGSSLMODE", mode);
        variables.put("PGSSLROOTCERT", roots.toString());
        // libpq 15 cannot compute the binding to a certificate that is signed with Ed25519
        variables.put("PGCHANNELBINDING", "disable");
        if (lists != null) {
            variables.put("PGSSLCRL", lists.toString());
        }
        return new Attempt(builder.start());
    }

    /** A running psql. */
    record Attempt(Process process) {

        /** Waits for the end and returns whether psql opened a connection. */
        boolean succeeds() throws IOException, InterruptedException {
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IOException("psql does not end.");
            }
            if (process.exitValue() != 0 && !output.contains("certificate") && !output.contains("SSL error")) {
                throw new IOException("psql failed for another reason than the certificate: " + output);
            }
            return process.exitValue() == 0;
        }
    }
}
