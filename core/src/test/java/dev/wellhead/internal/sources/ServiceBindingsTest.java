package dev.wellhead.internal.sources;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.internal.resolve.Resolve;
import dev.wellhead.settings.CredentialsSource;
import dev.wellhead.settings.DatabaseSettings;
import dev.wellhead.settings.HostAndPort;
import dev.wellhead.settings.Origin;
import dev.wellhead.settings.ResolvedSetting;
import dev.wellhead.settings.Settings;
import dev.wellhead.tls.FileOrPem;
import dev.wellhead.tls.SslMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServiceBindingsTest {

    private static final String PEM = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n";

    @TempDir
    private Path root;

    @Test
    void resolve_onlyBinding_isASource() throws IOException {
        Path binding = binding("orders", "postgresql\n");
        bind("cache", "type", "redis");

        DatabaseSettings settings = resolve("ENVIRONMENT=production");

        assertThat(settings.hosts()).containsExactly(new HostAndPort("db.example", 5433));
        assertThat(settings.databaseName()).isEqualTo("ledger");
        assertThat(settings.user()).isEqualTo("app");
        assertThat(settings.credentialsSource())
                .isEqualTo(new CredentialsSource.PasswordFile(
                        "app", binding.resolve("password"), binding.resolve("username")));
        Origin origin = settings.explain(Settings.HOST).orElseThrow().origin();
        assertThat(origin).isEqualTo(new Origin.ServiceBinding("orders", "host"));
        assertThat(origin.description()).isEqualTo("host in service binding orders");
        assertThat(settings.describe()).doesNotContain("s3cr3t");
    }

    @Test
    void resolve_otherSources_areStrongerOrWeaker() throws IOException {
        binding("orders", "postgres");

        DatabaseSettings settings = resolve("DB_NAME=other PGHOST=weaker PGPASSWORD=weaker");

        assertThat(settings.databaseName()).isEqualTo("other");
        ResolvedSetting host = settings.explain(Settings.HOST).orElseThrow();
        assertThat(host.value()).isEqualTo("db.example");
        assertThat(host.shadowed())
                .extracting(shadowed -> shadowed.origin().description())
                .contains("environment variable PGHOST");
        assertThat(resolve("DB_PASSWORD=pw").credentialsSource()).isInstanceOf(CredentialsSource.Fixed.class);
        assertThat(resolve("DB_SECRET_ID=prod/ledger").credentialsSource())
                .isEqualTo(new CredentialsSource.Secret("prod/ledger", null));
    }

    @Test
    void resolve_uri_suppliesWhatTheEntriesDoNot() throws IOException {
        bind("orders", "type", "postgresql");
        Path uri = bind("orders", "uri", "postgresql://app:s3cr3t@db.example:5433/ledger?sslmode=verify-full");
        bind("orders", "sslrootcert", "system");
        bind("orders", "database", "books");

        DatabaseSettings settings = resolve("ENVIRONMENT=production");

        assertThat(settings.hosts()).containsExactly(new HostAndPort("db.example", 5433));
        assertThat(settings.databaseName()).isEqualTo("books");
        assertThat(settings.sslMode()).isEqualTo(SslMode.VERIFY_FULL);
        assertThat(settings.credentialsSource()).isEqualTo(new CredentialsSource.SecretFile(uri, "app"));
        assertThat(settings.explain(Settings.PORT).orElseThrow().origin())
                .isEqualTo(new Origin.ServiceBinding("orders", "uri"));
    }

    @Test
    void resolve_uriWithAnUnknownParameter_isAProblemOnlyIfItIsNeeded() throws IOException {
        bind("orders", "type", "postgresql");
        bind("orders", "uri", "postgresql://app:s3cr3t@db.example/ledger?no_such_parameter=1");

        assertThat(Resolve.problems("SERVICE_BINDING_ROOT=" + root))
                .hasSize(1)
                .first()
                .satisfies(problem -> {
                    assertThat(problem.message())
                            .startsWith(
                                    "uri in service binding orders has no_such_parameter, which is not a parameter of libpq.");
                    assertThat(problem.source()).isEqualTo("From: uri in service binding orders");
                });
        binding("orders", "postgresql");
        assertThat(resolve("").hosts()).containsExactly(new HostAndPort("db.example", 5433));
    }

    @Test
    void resolve_certificates_areFilesOfTheBinding() throws IOException {
        Path binding = binding("orders", "postgresql");
        bind("orders", "sslmode", "verify-ca");
        bind("orders", "sslrootcert", PEM);
        bind("orders", "certificates", PEM);
        bind("orders", "private-key", "key");

        DatabaseSettings settings = resolve("");

        assertThat(settings.sslMode()).isEqualTo(SslMode.VERIFY_CA);
        assertThat(settings.get(Settings.SSLROOTCERT)).isEqualTo(FileOrPem.ofFile(binding.resolve("sslrootcert")));
        assertThat(settings.get(Settings.SSLCERT)).isEqualTo(FileOrPem.ofFile(binding.resolve("certificates")));
        assertThat(settings.get(Settings.SSLKEY)).isEqualTo(FileOrPem.ofFile(binding.resolve("private-key")));
        bind("orders", "sslrootcert", "root.crt");
        assertThat(resolve("").get(Settings.SSLROOTCERT)).isEqualTo(FileOrPem.ofFile(binding.resolve("root.crt")));
    }

    @Test
    void resolve_severalBindings_theNameOfTheDatabaseDecides() throws IOException {
        binding("orders", "postgresql");
        binding("audit", "postgresql");

        assertThat(Resolve.problem("SERVICE_BINDING_ROOT=" + root))
                .containsExactly(
                        "There are 2 service bindings of PostgreSQL, and none of them is named 'default': audit, orders.",
                        "From: environment variable SERVICE_BINDING_ROOT",
                        "Open the database by the name of its binding, such as Databases.fromEnvironment(\"audit\"), or"
                                + " name a binding 'default'.");
        assertThat(named("orders").explain(Settings.HOST).orElseThrow().origin())
                .isEqualTo(new Origin.ServiceBinding("orders", "host"));
        assertThat(resolve("DB_HOST=elsewhere").hosts()).containsExactly(new HostAndPort("elsewhere", 5432));
        binding("default", "postgresql");
        assertThat(resolve("").explain(Settings.HOST).orElseThrow().origin())
                .isEqualTo(new Origin.ServiceBinding("default", "host"));
    }

    @Test
    void resolve_namedDatabase_doesNotUseAnotherBinding() throws IOException {
        binding("orders", "postgresql");

        assertThat(named("ledger").hostIsDefault()).isTrue();
    }

    @Test
    void resolve_noDirectory_isNoBinding() {
        assertThat(Resolve.settings("SERVICE_BINDING_ROOT=" + root.resolve("nowhere"))
                        .hostIsDefault())
                .isTrue();
    }

    @Test
    void resolve_unusableRoot_isAProblem() throws IOException {
        Path file = Files.writeString(root.resolve("file"), "");

        assertThat(Resolve.problem("SERVICE_BINDING_ROOT=" + file))
                .containsExactly(
                        "SERVICE_BINDING_ROOT names a path that is not a directory.",
                        "From: environment variable SERVICE_BINDING_ROOT",
                        "Name a directory.");
        assertThat(Resolve.problem("SERVICE_BINDING_ROOT=$HOME/bindings").get(0))
                .startsWith("SERVICE_BINDING_ROOT is a path with a variable");
    }

    @Test
    void resolve_unreadableEntry_isNamed() throws IOException {
        binding("orders", "postgresql");
        Files.delete(root.resolve("orders/port"));
        Files.createDirectory(root.resolve("orders/port"));

        assertThat(Resolve.problem("SERVICE_BINDING_ROOT=" + root))
                .containsExactly(
                        "The entry 'port' of service binding orders is a directory.",
                        "From: port in service binding orders",
                        "Name a file.");
    }

    private DatabaseSettings resolve(String variables) {
        return Resolve.settings("SERVICE_BINDING_ROOT=" + root + (variables.isEmpty() ? "" : " " + variables));
    }

    private DatabaseSettings named(String name) {
        return Resolve.settings(SettingsRequest.of(name, Resolve.environment("SERVICE_BINDING_ROOT=" + root)));
    }

    private Path binding(String name, String type) throws IOException {
        bind(name, "type", type);
        bind(name, "provider", "example");
        bind(name, "host", "db.example\n");
        bind(name, "port", "5433\n");
        bind(name, "database", "ledger\n");
        bind(name, "username", "app\n");
        bind(name, "password", "s3cr3t\n");
        return root.resolve(name);
    }

    private Path bind(String name, String entry, String content) throws IOException {
        Path binding = Files.createDirectories(root.resolve(name));
        return Files.writeString(binding.resolve(entry), content);
    }
}
