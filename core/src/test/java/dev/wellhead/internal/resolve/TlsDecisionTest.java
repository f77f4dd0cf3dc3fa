package dev.wellhead.internal.resolve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.wellhead.internal.sources.SettingsRequest;
import dev.wellhead.settings.DatabaseSettings;
import dev.wellhead.settings.Origin;
import dev.wellhead.settings.ResolvedSetting;
import dev.wellhead.settings.Settings;
import dev.wellhead.tls.FileOrPem;
import dev.wellhead.tls.SslMode;
import dev.wellhead.tls.TrustAnchors;
import dev.wellhead.tls.TrustAnchorsProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TlsDecisionTest {

    private static final TrustAnchors RDS = TrustAnchors.ofFile(Path.of("rds.pem"));
    private static final TrustAnchorsProvider KNOWS_RDS =
            host -> host.endsWith(".rds.test") ? Optional.of(RDS) : Optional.empty();
    private static final TrustAnchorsProvider ADVISES = new TrustAnchorsProvider() {
        @Override
        public Optional<TrustAnchors> trustAnchorsFor(String host) {
            return Optional.empty();
        }

        @Override
        public Optional<String> adviceFor(String host) {
            return host.endsWith(".other")
                    ? Optional.of("The roots of " + host + " are on the shelf.")
                    : Optional.empty();
        }
    };
    private static final String STRICT = "ENVIRONMENT=production DB_NAME=app DB_USER=app DB_PASSWORD=pw ";

    static Stream<Arguments> modes() {
        return Stream.of(
                arguments("a local default", "", "disable", false),
                arguments("a lenient loopback", "DB_HOST=127.0.0.1", "disable", false),
                arguments("localhost in capital letters", "DB_HOST=LOCALHOST", "disable", false),
                arguments("localhost with a dot", "DB_HOST=localhost.", "disable", false),
                arguments("an IPv6 loopback", "DB_HOST=::1", "disable", false),
                arguments("an IPv4 loopback in IPv6", "DB_HOST=::ffff:127.0.0.1", "disable", false),
                arguments("a name that starts as loopback", "DB_HOST=127.0.0.1.example.com", "prefer", false),
                arguments("a short address", "DB_HOST=127.1", "prefer", false),
                arguments("any address", "DB_HOST=0.0.0.0", "prefer", false),
                arguments("a name of the hosts file", "DB_HOST=localhost.localdomain", "prefer", false),
                arguments("a lenient remote host", "DB_HOST=db", "prefer", false),
                arguments("loopback beside a remote host", "DB_HOST=localhost,db", "prefer", false),
                arguments("a remote reader", "DB_READER_HOST=db", "prefer", false),
                arguments("a lenient mode that is set", "DB_HOST=db DB_SSLMODE=allow", "allow", false),
                arguments("a lenient root certificate", "DB_HOST=db DB_SSLROOTCERT=/ca.pem", "verify-full", true),
                arguments("system roots", "DB_HOST=db DB_SSLROOTCERT=system", "verify-full", true),
                arguments(
                        "require with a root certificate",
                        "DB_HOST=db DB_SSLMODE=require DB_SSLROOTCERT=/ca.pem",
                        "require",
                        true),
                arguments(
                        "disable with a root certificate",
                        "DB_HOST=db DB_SSLMODE=disable DB_SSLROOTCERT=/ca.pem",
                        "disable",
                        false),
                arguments("a known host", "DB_HOST=a.rds.test", "verify-full", true),
                arguments("a known list", "DB_HOST=a.rds.test,b.rds.test", "verify-full", true),
                arguments(
                        "a known host and a mode that is set",
                        "DB_HOST=a.rds.test DB_SSLMODE=require",
                        "require",
                        false),
                arguments("a known host to verify", "DB_HOST=a.rds.test DB_SSLMODE=verify-ca", "verify-ca", true),
                arguments("tokens to a known host", "DB_HOST=a.rds.test DB_AUTH=iam DB_USER=app", "verify-full", true),
                arguments(
                        "tokens and a root certificate",
                        "DB_SSLROOTCERT=/ca.pem DB_AUTH=iam DB_USER=app",
                        "verify-full",
                        true),
                arguments("a strict host", STRICT + "DB_HOST=db", "require", false),
                arguments("a strict loopback", STRICT + "DB_HOST=localhost", "require", false),
                arguments(
                        "a strict loopback that says disable",
                        STRICT + "DB_HOST=localhost,::1 DB_SSLMODE=disable",
                        "disable",
                        false),
                arguments(
                        "a strict root certificate", STRICT + "DB_HOST=db DB_SSLROOTCERT=/ca.pem", "verify-full", true),
                arguments("a strict known host", STRICT + "DB_HOST=a.rds.test", "verify-full", true));
    }

    @ParameterizedTest(name = "{0} gets {2}")
    @MethodSource("modes")
    void mode_ofTheServers_isDecided(String what, String variables, String mode, boolean verified) {
        DatabaseSettings settings =
                Resolve.settings(Resolve.request(variables.strip()).with(KNOWS_RDS));

        assertThat(settings.sslMode().value()).isEqualTo(mode);
        assertThat(settings.trustAnchors().isPresent()).isEqualTo(verified);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DB_HOST=db DB_SSLMODE=disable",
                "DB_HOST=db DB_SSLMODE=allow",
                "DB_HOST=db DB_SSLMODE=prefer",
                "DB_HOST=localhost DB_SSLMODE=prefer",
                "DB_HOST=localhost,db DB_SSLMODE=disable",
                "DB_HOST=localhost DB_READER_HOST=db DB_SSLMODE=disable"
            })
    void strict_belowTheFloor_isRefused(String variables) {
        String mode = variables.substring(variables.lastIndexOf('=') + 1);

        assertThat(Resolve.problem(STRICT + variables))
                .startsWith(
                        "DB_SSLMODE is '" + mode + "', which is weaker than environment 'production' allows.",
                        "From: environment variable DB_SSLMODE",
                        "Use one of: require, verify-ca, verify-full; disable is allowed for servers on loopback.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DB_HOST=db:x DB_AUTH=iam DB_USER=app DB_NAME=app ENVIRONMENT=production",
                "DB_HOST=db:5432 DB_SSLMODE=verify-full DB_USER=app DB_PASSWORD=pw DB_NAME=app ENVIRONMENT=production",
                "DB_HOST=local:host DB_SSLMODE=disable DB_USER=app DB_PASSWORD=pw DB_NAME=app ENVIRONMENT=production"
            })
    void decide_hostThatCannotBeRead_isTheOnlyProblem(String variables) {
        assertThat(Resolve.problem(variables)).first().asString().startsWith("DB_HOST ");
    }

    @Test
    void strict_floor_holdsAgainstTheBuilderAndLibpq() {
        SettingsRequest built = Resolve.request(Resolve.STRICT).with(Settings.SSLMODE, "prefer");

        assertThat(Resolve.lines(Resolve.problems(built)))
                .startsWith("sslmode is 'prefer', which is weaker than environment 'production' allows.");
        assertThat(Resolve.problem(Resolve.STRICT + " PGSSLMODE=allow"))
                .startsWith("PGSSLMODE is 'allow', which is weaker than environment 'production' allows.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"disable", "allow", "prefer", "require", "verify-ca"})
    void systemRoots_withAWeakerMode_areRefusedByName(String mode) {
        assertThat(Resolve.problem("DB_HOST=db DB_SSLROOTCERT=system DB_SSLMODE=" + mode))
                .containsExactly(
                        "DB_SSLMODE is '" + mode
                                + "', which is too weak for DB_SSLROOTCERT 'system': anyone can get a"
                                + " certificate from a public authority.",
                        "From: environment variable DB_SSLMODE; environment variable DB_SSLROOTCERT",
                        "Use verify-full, or leave DB_SSLMODE unset.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"verify-ca", "verify-full"})
    void verifying_withoutAnyRoot_isRefusedWithTheFix(String mode) {
        assertThat(Resolve.problem("DB_HOST=db DB_SSLMODE=" + mode))
                .containsExactly(
                        "DB_SSLMODE is '" + mode + "', but there is no root certificate to verify the server with.",
                        "Checked: DB_SSLROOTCERT (not set), ~/.postgresql/root.crt (no such file).",
                        "Set DB_SSLROOTCERT to a file of PEM certificates, or to system for the roots that the JVM trusts.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"DB_HOST=c.rds.other DB_SSLMODE=verify-full", "DB_HOST=a.rds.test,c.rds.other"})
    void verifyFull_hostWithAdvice_isRejectedWithTheAdvice(String variables) {
        SettingsRequest request = Resolve.request(variables).with(KNOWS_RDS).with(ADVISES);

        assertThat(Resolve.problems(request)).singleElement().satisfies(problem -> assertThat(problem.fixes())
                .containsExactly(
                        "Set DB_SSLROOTCERT to a file of PEM certificates, or to system for the roots that the JVM"
                                + " trusts.",
                        "The roots of c.rds.other are on the shelf."));
    }

    @Test
    void strict_unverifiedHostWithAdvice_warnsWithTheAdvice() {
        SettingsRequest request =
                Resolve.request(STRICT + "DB_HOST=c.rds.other").with(KNOWS_RDS).with(ADVISES);

        assertThat(Resolve.settings(request).warnings())
                .containsExactly(
                        "The connection is encrypted, but the server's certificate is not verified: no root certificate is known. Set"
                                + " DB_SSLROOTCERT to the file of its root certificates, or to system. The roots of"
                                + " c.rds.other are on the shelf.");
    }

    static Stream<Arguments> unverifiedTokens() {
        String ofTokens = "The roots are at https://roots.example.";
        return Stream.of(
                arguments("", ofTokens),
                arguments("DB_HOST=db", ofTokens),
                arguments(STRICT.replace("DB_PASSWORD=pw ", "") + "DB_HOST=db", ofTokens),
                arguments("DB_HOST=c.rds.other", "The roots of c.rds.other are on the shelf."));
    }

    @ParameterizedTest
    @MethodSource("unverifiedTokens")
    void tokens_withoutRootCertificates_areRefusedWithThePlaceToGetThem(String variables, String advice) {
        SettingsRequest request = Resolve.request((variables + " DB_AUTH=iam DB_USER=app").strip())
                .with(KNOWS_RDS)
                .with(ADVISES);

        assertThat(Resolve.lines(Resolve.problems(request)))
                .containsExactly(
                        "DB_AUTH is 'iam' and requires a verified server, but there is no root certificate to verify it"
                                + " with.",
                        "Checked: DB_SSLROOTCERT (not set), ~/.postgresql/root.crt (no such file).",
                        "Set DB_SSLROOTCERT to a file of PEM certificates, or to system for the roots that the JVM trusts.",
                        advice);
    }

    @Test
    void mode_raisedByTokens_hasItsReasonAsOrigin() {
        assertThat(Resolve.settings(Resolve.request("DB_AUTH=iam DB_USER=app DB_HOST=c.rds.test")
                                .with(KNOWS_RDS))
                        .sslMode())
                .isEqualTo(SslMode.VERIFY_FULL);
    }

    @Test
    void mixedList_ofKnownAndUnknownHosts_isRefused() {
        SettingsRequest request = Resolve.request("DB_HOST=a.rds.test,db").with(KNOWS_RDS);

        assertThat(Resolve.lines(Resolve.problems(request)))
                .containsExactly(
                        "Root certificates are known for some hosts but not for db, and one SSL mode applies to all hosts.",
                        "Checked: DB_SSLROOTCERT (not set), ~/.postgresql/root.crt (no such file).",
                        "Set DB_SSLROOTCERT to a file of PEM certificates, or to system for the roots that the JVM trusts.");
    }

    @Test
    void strict_unverified_warns() {
        assertThat(Resolve.settings(Resolve.STRICT).warnings())
                .containsExactly(
                        "The connection is encrypted, but the server's certificate is not verified: no root certificate is known. Set"
                                + " DB_SSLROOTCERT to the file of its root certificates, or to system.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            DB_HOST=db.example                          | may be unencrypted, and the server's certificate is not verified
            DB_HOST=db.example DB_SSLMODE=disable       | is not encrypted
            DB_HOST=db.example DB_SSLMODE=require       | is encrypted, but the server's certificate is not verified
            DB_HOST=127.0.0.1,db.example                | may be unencrypted, and the server's certificate is not verified
            DATABASE_URL=postgresql://u@db.example/d    | may be unencrypted, and the server's certificate is not verified
            PGHOST=db.example                           | may be unencrypted, and the server's certificate is not verified
            """)
    void environmentNotSet_serverOnAnotherMachine_causesAWarning(String variables, String protection) {
        assertThat(Resolve.settings(variables + " DB_PASSWORD=x").warnings())
                .contains(
                        "ENVIRONMENT is not set, so the rules of environment 'local' apply, but db.example:5432 is not on"
                                + " this machine: the connection " + protection
                                + ". Set ENVIRONMENT to production for the rules"
                                + " of a strict environment, or to local to accept this.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DB_HOST=localhost",
                "DB_HOST=127.0.0.1,::1",
                "ENVIRONMENT=local DB_HOST=db.example",
                "ENVIRONMENT=test DB_HOST=db.example",
                "DB_HOST=db.example DB_SSLROOTCERT=system"
            })
    void environmentSetOrServerLocalOrVerified_noWarning(String variables) {
        assertThat(Resolve.settings(variables + " DB_PASSWORD=x").warnings()).isEmpty();
    }

    @Test
    void environmentNotSet_namedDatabaseOnAnotherMachine_causesAWarning() {
        assertThat(Resolve.settings(SettingsRequest.of(
                                "ledger", Map.of("LEDGER_DB_HOST", "db.example", "LEDGER_DB_PASSWORD", "x")))
                        .warnings())
                .anyMatch(warning -> warning.startsWith("ENVIRONMENT is not set"));
    }

    @Test
    void strict_unverifiedKnownHost_warnsOfTheModeThatIsSet() {
        SettingsRequest request = Resolve.request(STRICT + "DB_HOST=a.rds.test DB_SSLMODE=require")
                .with(KNOWS_RDS);

        assertThat(Resolve.settings(request).warnings())
                .containsExactly(
                        "The connection is encrypted, but the server's certificate is not verified: the SSL mode is require, although"
                                + " root certificates are known. Leave DB_SSLMODE unset for verify-full.");
    }

    @Test
    void anchors_severalProviders_areThoseOfTheFirstThatHasSome() {
        TrustAnchors other = TrustAnchors.ofFile(Path.of("other.pem"));
        SettingsRequest request =
                Resolve.request("DB_HOST=a.rds.test").with(KNOWS_RDS).with(host -> Optional.of(other));

        assertThat(Resolve.settings(request).trustAnchors()).containsSame(RDS);
    }

    @Test
    void anchors_ofHostsWithDifferentOnes_areJoined() {
        TrustAnchors other = TrustAnchors.ofFile(Path.of("other.pem"));
        SettingsRequest request =
                Resolve.request("DB_HOST=a.rds.test,db").with(KNOWS_RDS).with(host -> Optional.of(other));

        assertThat(Resolve.settings(request).trustAnchors().map(TrustAnchors::description))
                .contains(RDS.description() + " and " + other.description());
    }

    @Test
    void providers_receiveOnlyHostNames() {
        List<String> asked = new ArrayList<>();
        Resolve.settings(Resolve.request("DB_HOST=a,b DB_READER_HOST=c").with(host -> {
            asked.add(host);
            return Optional.empty();
        }));

        assertThat(asked).containsExactly("a", "b", "c");
    }

    @Test
    void rootCertificate_inTheHomeDirectory_countsAsLibpqDoes(@TempDir Path home) throws IOException {
        Path root = Files.createDirectories(home.resolve(".postgresql")).resolve("root.crt");
        Files.writeString(root, "PEM");

        DatabaseSettings required = Resolve.settings("DB_HOST=db DB_SSLMODE=require HOME=" + home);
        assertThat(required.sslMode()).isEqualTo(SslMode.REQUIRE);
        assertThat(required.trustAnchors()).isPresent();
        assertThat(required.explain(Settings.SSLROOTCERT).map(ResolvedSetting::origin))
                .contains(new Origin.LibpqFile("~/.postgresql/root.crt", 0));
        assertThat(Resolve.settings("DB_HOST=db HOME=" + home).sslMode()).isEqualTo(SslMode.VERIFY_FULL);
        assertThat(Resolve.settings("HOME=" + home).sslMode()).isEqualTo(SslMode.DISABLE);
        assertThat(Resolve.settings(Resolve.STRICT + " HOME=" + home).sslMode()).isEqualTo(SslMode.VERIFY_FULL);
        assertThat(Resolve.settings("DB_HOST=db DB_SSLROOTCERT=/ca.pem HOME=" + home)
                        .find(Settings.SSLROOTCERT))
                .contains(FileOrPem.ofFile(Path.of("/ca.pem")));
    }

    @Test
    void revocationList_inTheHomeDirectory_countsAsLibpqDoes(@TempDir Path home) throws IOException {
        Path list = Files.createDirectories(home.resolve(".postgresql")).resolve("root.crl");
        Files.writeString(list, "PEM");
        String verified = "DB_HOST=db DB_SSLROOTCERT=/ca.pem HOME=" + home;

        assertThat(Resolve.settings(verified).explain(Settings.SSLCRL).map(ResolvedSetting::origin))
                .contains(new Origin.LibpqFile("~/.postgresql/root.crl", 0));
        assertThat(Resolve.settings(verified + " DB_SSLCRL=/other.crl").find(Settings.SSLCRL))
                .contains(Path.of("/other.crl"));
        assertThat(Resolve.settings(verified + " DB_SSLCRLDIR=/crls").find(Settings.SSLCRL))
                .isEmpty();
        assertThat(Resolve.settings("DB_HOST=db HOME=" + home).find(Settings.SSLCRL))
                .isEmpty();
    }

    @Test
    void revocationList_withoutRootCertificate_causesAWarning() {
        assertThat(Resolve.settings("ENVIRONMENT=local DB_HOST=db DB_PASSWORD=x DB_SSLMODE=require DB_SSLCRL=/ca.crl")
                        .warnings())
                .containsExactly(
                        "DB_SSLCRL has no effect, because there is no root certificate to verify the server with."
                                + " Set DB_SSLROOTCERT.");
        assertThat(Resolve.settings("DB_SSLMODE=disable DB_SSLCRL=/ca.crl").warnings())
                .isEmpty();
    }

    @Test
    void mode_derived_hasItsReasonAsOrigin() {
        assertThat(Resolve.settings("").explain(Settings.SSLMODE).map(ResolvedSetting::origin))
                .contains(new Origin.Derived("default for environment 'local' on loopback"));
        assertThat(Resolve.settings("DB_HOST=db DB_SSLROOTCERT=/ca.pem")
                        .explain(Settings.SSLMODE)
                        .map(ResolvedSetting::origin))
                .contains(new Origin.Derived("follows from DB_SSLROOTCERT"));
    }
}
