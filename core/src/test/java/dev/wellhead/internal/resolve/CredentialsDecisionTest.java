package dev.wellhead.internal.resolve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.wellhead.credentials.Authentication;
import dev.wellhead.credentials.TokenFactory;
import dev.wellhead.internal.sources.SettingsRequest;
import dev.wellhead.settings.CommandLine;
import dev.wellhead.settings.CredentialsSource;
import dev.wellhead.settings.DatabaseSettings;
import dev.wellhead.settings.Origin;
import dev.wellhead.settings.Problem;
import dev.wellhead.settings.ResolvedSetting;
import dev.wellhead.settings.Sensitive;
import dev.wellhead.settings.Settings;
import dev.wellhead.tls.SslMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CredentialsDecisionTest {

    private static final String SOMEWHERE = "ENVIRONMENT=production DB_HOST=db DB_NAME=app ";

    static Stream<Arguments> sources() {
        return Stream.of(
                arguments("the local default", "", fixed("postgres", "postgres")),
                arguments("a local password", "DB_PASSWORD=pw", fixed("postgres", "pw")),
                arguments(
                        "a password file",
                        "DB_PASSWORD_FILE=/run/pw",
                        new CredentialsSource.PasswordFile("postgres", Path.of("/run/pw"))),
                arguments("a command", "DB_PASSWORD_COMMAND=/bin/print", command("postgres", "/bin/print")),
                arguments("a command and a user", "DB_PASSWORD_COMMAND=/p DB_USER=app", command("app", "/p")),
                arguments("a command and libpq's user", "DB_PASSWORD_COMMAND=/p PGUSER=app", command("app", "/p")),
                arguments(
                        "a command over libpq's password",
                        "DB_PASSWORD_COMMAND=/p PGPASSWORD=no",
                        command("postgres", "/p")),
                arguments("a command that prints the user", SOMEWHERE + "DB_PASSWORD_COMMAND=/p", command(null, "/p")),
                arguments("a secret", "DB_SECRET_ID=prod/app", new CredentialsSource.Secret("prod/app", null)),
                arguments(
                        "a secret and a user",
                        "DB_SECRET_ID=prod/app DB_USER=app",
                        new CredentialsSource.Secret("prod/app", "app")),
                arguments(
                        "a secret and libpq's user",
                        "DB_SECRET_ID=prod/app PGUSER=app",
                        new CredentialsSource.Secret("prod/app", null)),
                arguments("tokens", "DB_AUTH=iam DB_USER=app DB_SSLROOTCERT=/ca.pem", tokens("app")),
                arguments("tokens over TLS by default", "DB_AUTH=iam PGUSER=app DB_SSLROOTCERT=/ca.pem", tokens("app")),
                arguments(
                        "tokens over libpq's password",
                        "DB_AUTH=iam DB_USER=app PGPASSWORD=no DB_SSLROOTCERT=/ca.pem",
                        tokens("app")),
                arguments("password in the URL", "DATABASE_URL=postgresql://u:pw@db/app", fixed("u", "pw")),
                arguments(
                        "the same password twice",
                        "DATABASE_URL=postgresql://u:pw@db/app DB_PASSWORD=pw",
                        fixed("u", "pw")),
                arguments("libpq's password", "PGPASSWORD=pw PGUSER=u", fixed("u", "pw")),
                arguments("a password over libpq's", "PGPASSWORD=no DB_PASSWORD=pw", fixed("postgres", "pw")),
                arguments(
                        "a file over libpq's password",
                        "PGPASSWORD=no DB_PASSWORD_FILE=/run/pw",
                        new CredentialsSource.PasswordFile("postgres", Path.of("/run/pw"))),
                arguments(
                        "a blank password beside a file",
                        "DB_PASSWORD= DB_PASSWORD_FILE=/run/pw",
                        new CredentialsSource.PasswordFile("postgres", Path.of("/run/pw"))),
                arguments(
                        "a client certificate in place of the default password",
                        "DB_SSLCERT=/c.pem DB_SSLKEY=/k.pem",
                        new CredentialsSource.NoPassword("postgres", Authentication.CERTIFICATE)),
                arguments(
                        "a client certificate in a strict environment",
                        SOMEWHERE + "DB_USER=app DB_SSLKEY=/k.p12",
                        new CredentialsSource.NoPassword("app", Authentication.CERTIFICATE)),
                arguments(
                        "a client certificate and a password",
                        "DB_SSLKEY=/k.p12 DB_PASSWORD=pw",
                        fixed("postgres", "pw")),
                arguments(
                        "a client certificate and libpq's password",
                        "DB_SSLKEY=/k.p12 PGPASSWORD=pw",
                        fixed("postgres", "pw")),
                arguments(
                        "a client certificate and the explicit use of a password",
                        "DB_SSLKEY=/k.p12 DB_AUTH=password",
                        fixed("postgres", "postgres")),
                arguments(
                        "an explicit client certificate over libpq's password",
                        "DB_SSLKEY=/k.p12 DB_AUTH=certificate PGPASSWORD=pw",
                        new CredentialsSource.NoPassword("postgres", Authentication.CERTIFICATE)),
                arguments(
                        "no password",
                        "DB_AUTH=none",
                        new CredentialsSource.NoPassword("postgres", Authentication.NONE)),
                arguments(
                        "no password in a strict environment",
                        SOMEWHERE + "DB_USER=app DB_AUTH=none",
                        new CredentialsSource.NoPassword("app", Authentication.NONE)),
                arguments(
                        "auth=password beside a secret",
                        "DB_AUTH=password DB_SECRET_ID=s",
                        new CredentialsSource.Secret("s", null)));
    }

    private static CredentialsSource command(@Nullable String user, String program) {
        return new CredentialsSource.Command(CommandLine.of(List.of(program)), user);
    }

    private static CredentialsSource tokens(String user) {
        return new CredentialsSource.Provided(
                new TokenFactory().authentications().get(0), user);
    }

    private static CredentialsSource fixed(String user, String password) {
        return new CredentialsSource.Fixed(user, Sensitive.of(password));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("sources")
    void source_ofCredentials_isDecided(String what, String variables, CredentialsSource source) {
        assertThat(Resolve.settings(variables).credentialsSource()).isEqualTo(source);
    }

    static Stream<Arguments> conflicts() {
        return Stream.of(
                arguments(
                        "DB_PASSWORD=a DB_PASSWORD_FILE=/f",
                        "DB_PASSWORD and DB_PASSWORD_FILE are both set, but only one source of the password is allowed."),
                arguments(
                        "DB_PASSWORD=a DB_PASSWORD_COMMAND=/p",
                        "DB_PASSWORD and DB_PASSWORD_COMMAND are both set, but only one source of the password is allowed."),
                arguments(
                        "DB_PASSWORD_COMMAND=/p DB_AUTH=none",
                        "DB_PASSWORD_COMMAND and DB_AUTH contradict each other: 'none' is a login without a password."),
                arguments(
                        "DB_PASSWORD=a DB_SECRET_ID=s",
                        "DB_PASSWORD and DB_SECRET_ID are both set, but only one source of the password is allowed."),
                arguments(
                        "DB_PASSWORD_FILE=/f DB_SECRET_ID=s",
                        "DB_PASSWORD_FILE and DB_SECRET_ID are both set, but only one source of the password is allowed."),
                arguments(
                        "DB_PASSWORD=a DB_PASSWORD_FILE=/f DB_SECRET_ID=s",
                        "DB_PASSWORD, DB_PASSWORD_FILE and DB_SECRET_ID are all set, but only one source of the password is allowed."),
                arguments(
                        "DATABASE_URL=postgresql://u:a@db/app DB_SECRET_ID=s",
                        "password in DATABASE_URL and DB_SECRET_ID are both set, but only one source of the password is allowed."),
                arguments(
                        "DB_AUTH=iam DB_PASSWORD=a DB_SSLROOTCERT=/ca.pem",
                        "DB_PASSWORD and DB_AUTH contradict each other: 'iam' uses only an authentication token."),
                arguments(
                        "DB_AUTH=none DB_PASSWORD=a",
                        "DB_PASSWORD and DB_AUTH contradict each other: 'none' is a login without a password."),
                arguments(
                        "DB_AUTH=certificate DB_SSLKEY=/k.p12 DB_PASSWORD_FILE=/f",
                        "DB_PASSWORD_FILE and DB_AUTH contradict each other: 'certificate' is a login without a"
                                + " password."),
                arguments(
                        "DB_AUTH=iam DB_SECRET_ID=s DB_SSLROOTCERT=/ca.pem",
                        "DB_SECRET_ID and DB_AUTH contradict each other: 'iam' uses only an authentication token."));
    }

    @ParameterizedTest
    @MethodSource("conflicts")
    void sources_thatAreLiveTogether_areRefusedNamingAll(String variables, String message) {
        assertThat(Resolve.problem(variables)).startsWith(message);
    }

    @Test
    void sources_inConflict_areReportedWithTheirOrigins() {
        assertThat(Resolve.problem("DB_PASSWORD=hunter2 DB_SECRET_ID=prod/app"))
                .containsExactly(
                        "DB_PASSWORD and DB_SECRET_ID are both set, but only one source of the password is allowed.",
                        "From: environment variable DB_PASSWORD; environment variable DB_SECRET_ID",
                        "Keep one of them and unset the other.");
    }

    @Test
    void tokens_besideAPassword_areAConflict() {
        assertThat(Resolve.problem("DATABASE_URL=postgresql://app:hunter2@db/app DB_AUTH=iam DB_SSLROOTCERT=/ca.pem"))
                .containsExactly(
                        "password in DATABASE_URL and DB_AUTH contradict each other: 'iam' uses only"
                                + " an authentication token.",
                        "From: password in environment variable DATABASE_URL; environment variable DB_AUTH",
                        "Keep one of them and unset the other.");
    }

    @Test
    void tokens_withoutAUser_areRefusedThoughTheProfileHasADefault() {
        assertThat(Resolve.problem("DB_AUTH=iam DB_SSLROOTCERT=/ca.pem"))
                .containsExactly(
                        "There is no user: DB_USER is not set.",
                        "Checked: DB_USER, DATABASE_URL, PGUSER (not set).",
                        "Set one of them: an authentication token is valid for one user, which has no default.");
    }

    @Test
    void sources_inASystemPropertyAndAVariable_areAConflict() {
        SettingsRequest request = new SettingsRequest(
                "default",
                Map.of("DB_SECRET_ID", "s"),
                Map.of("wellhead.databases.default.password", "a"),
                null,
                null,
                List.of(),
                List.of(),
                false);

        assertThat(Resolve.problems(request))
                .extracting(Problem::message)
                .containsExactly("wellhead.databases.default.password and DB_SECRET_ID are both set, but only one"
                        + " source of the password is allowed.");
    }

    @Test
    void builder_password_overridesEverySourceBelow() {
        SettingsRequest request =
                Resolve.request("DB_SECRET_ID=s DB_PASSWORD_FILE=/f").with(Settings.PASSWORD, "pw");

        assertThat(Resolve.settings(request).credentialsSource()).isEqualTo(fixed("postgres", "pw"));
    }

    @Test
    void suppliedCredentials_overrideEverySource() {
        SettingsRequest request =
                Resolve.request("DB_SECRET_ID=s DB_PASSWORD=pw").credentialsSupplied();

        DatabaseSettings settings = Resolve.settings(request);

        assertThat(settings.credentialsSource()).isEqualTo(new CredentialsSource.Supplied());
        assertThat(settings.user()).isEmpty();
        assertThat(settings.find(Settings.PASSWORD)).isEmpty();
    }

    @Test
    void suppliedCredentials_inAStrictEnvironment_needNoUser() {
        SettingsRequest request = Resolve.request(SOMEWHERE.strip()).credentialsSupplied();

        assertThat(Resolve.settings(request).user()).isEmpty();
    }

    @Test
    void password_missing_isAProblemThatListsTheCheckedPlaces() {
        assertThat(Resolve.problem(SOMEWHERE + "DB_USER=app HOME=/nonexistent"))
                .containsExactly(
                        "There is no password for user 'app': DB_PASSWORD is not set.",
                        "Checked: DB_PASSWORD, DB_PASSWORD_FILE, DB_PASSWORD_COMMAND, DB_SECRET_FILE, DB_SECRET_ID (not set), .pgpass"
                                + " (no such file).",
                        "Set one of them; DB_SECRET_ID needs the wellhead-aws module.",
                        "If the server asks for no password, set DB_AUTH to none, or to certificate.");
    }

    @Test
    void clientCertificate_withoutAPassword_isExplainedWithItsReason() {
        DatabaseSettings settings = Resolve.settings("DB_SSLCERT=/c.pem DB_SSLKEY=/k.pem");

        assertThat(settings.find(Settings.PASSWORD)).isEmpty();
        assertThat(settings.sslMode()).isEqualTo(SslMode.REQUIRE);
        assertThat(settings.explain(Settings.AUTH).orElseThrow())
                .returns("certificate", ResolvedSetting::value)
                .returns(new Origin.Derived("follows from DB_SSLKEY"), ResolvedSetting::origin);
    }

    @Test
    void passfile_withAMatchingLine_isTheFallback(@TempDir Path home) throws IOException {
        passfile(home, "other:5432:app:app:no\ndb:*:app:app:pw\n");

        DatabaseSettings settings = Resolve.settings(SOMEWHERE + "DB_USER=app HOME=" + home);

        assertThat(settings.credentialsSource())
                .isEqualTo(new CredentialsSource.Passfile("app", home.resolve(".pgpass")));
        assertThat(settings.explain(Settings.PASSWORD))
                .contains(
                        new ResolvedSetting("password", "<redacted>", new Origin.LibpqFile("~/.pgpass", 2), List.of()));
    }

    @Test
    void passfile_besideAnotherSource_isNoConflict(@TempDir Path home) throws IOException {
        passfile(home, "*:*:*:*:no\n");

        assertThat(Resolve.settings(SOMEWHERE + "DB_USER=app DB_PASSWORD=pw HOME=" + home)
                        .credentialsSource())
                .isEqualTo(fixed("app", "pw"));
    }

    @Test
    void passfile_localDefaultExists_overridesIt(@TempDir Path home) throws IOException {
        Path file = passfile(home, "localhost:5432:monorepo_dev:postgres:pw\n");

        DatabaseSettings settings = Resolve.settings("HOME=" + home);

        assertThat(settings.credentialsSource()).isEqualTo(new CredentialsSource.Passfile("postgres", file));
        assertThat(settings.find(Settings.PASSWORD)).contains(Sensitive.of("pw"));
    }

    @Test
    void passfile_withoutAMatchingLine_isReported(@TempDir Path home) throws IOException {
        passfile(home, "other:*:*:*:pw\n");

        assertThat(Resolve.problem(SOMEWHERE + "DB_USER=app HOME=" + home).get(1))
                .endsWith(".pgpass (no matching line).");
    }

    @Test
    void passfile_thatOthersMayRead_isIgnoredAsLibpqDoes(@TempDir Path home) throws IOException {
        Files.setPosixFilePermissions(passfile(home, "*:*:*:*:pw\n"), PosixFilePermissions.fromString("rw-r--r--"));

        assertThat(Resolve.problem(SOMEWHERE + "DB_USER=app HOME=" + home).get(1))
                .contains(".pgpass (ignored: ");
    }

    @Test
    void passfile_withoutALineForOneHost_warns(@TempDir Path home) throws IOException {
        passfile(home, "a:*:*:*:pw\n");

        assertThat(Resolve.settings("ENVIRONMENT=local DB_HOST=a,b HOME=" + home)
                        .warnings())
                .containsExactly("~/.pgpass has no line for b:5432.");
    }

    @Test
    void passfile_namedByItsVariable_isLookedIn(@TempDir Path directory) throws IOException {
        Path file = passfile(directory, "*:*:*:*:pw\n");

        assertThat(Resolve.settings("PGPASSFILE=" + file).credentialsSource())
                .isEqualTo(new CredentialsSource.Passfile("postgres", file));
        assertThat(Resolve.settings(SettingsRequest.of("ledger", Map.of("PGPASSFILE", file.toString())))
                        .credentialsSource())
                .isEqualTo(new CredentialsSource.Passfile("postgres", file));
    }

    private static Path passfile(Path home, String text) throws IOException {
        Path file = Files.writeString(home.resolve(".pgpass"), text);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void defaultPassword_serverOnAnotherMachine_causesAWarning() {
        assertThat(Resolve.settings("ENVIRONMENT=local DB_HOST=db.example").warnings())
                .containsExactly("The default password is used for db.example:5432, which is not on this machine. Set"
                        + " DB_PASSWORD, or ENVIRONMENT if this is not 'local'.");
        assertThat(Resolve.settings("DB_HOST=127.0.0.1").warnings()).isEmpty();
        assertThat(Resolve.settings("ENVIRONMENT=local DB_HOST=db.example DB_PASSWORD=x")
                        .warnings())
                .isEmpty();
    }
}
