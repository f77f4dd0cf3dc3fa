package dev.wellhead.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.wellhead.settings.ConfigurationException;
import dev.wellhead.settings.Problem;
import dev.wellhead.tls.SslMode;
import dev.wellhead.tls.TrustAnchors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How settings decide about TLS. */
class RedisTlsSettingsTest {

    private static final String FROM = System.lineSeparator() + "  ";

    @TempDir
    private Path directory;

    private static RedisSettings resolve(String... variables) {
        return Redis.resolve(RedisResolveTest.environment(variables));
    }

    private static ConfigurationException failure(String... variables) {
        return catchThrowableOfType(ConfigurationException.class, () -> resolve(variables));
    }

    private static String origin(RedisSettings settings, String name) {
        return settings.explain(name).map(found -> found.origin().description()).orElse("");
    }

    @ParameterizedTest
    @ValueSource(strings = {"require", "verify-full"})
    void sslmode_besideAUrlWithTls_decidesHowTheServerIsVerified(String mode) {
        RedisSettings settings = resolve("REDIS_URL=rediss://:secret@cache.internal", "REDIS_SSLMODE=" + mode);

        assertThat(settings.sslMode()).hasToString(mode);
        assertThat(origin(settings, "sslmode")).isEqualTo("environment variable REDIS_SSLMODE");
    }

    @Test
    void sslmode_verifyCa_needsRootCertificates() throws IOException {
        String url = "REDIS_URL=rediss://:secret@cache.internal";
        assertThat(failure(url, "REDIS_SSLMODE=verify-ca"))
                .hasMessage(
                        "Cannot open Redis: REDIS_SSLMODE is 'verify-ca', which is too weak without REDIS_SSLROOTCERT:"
                                + " anyone can get a certificate from a public authority." + FROM
                                + "From: environment variable REDIS_SSLMODE" + FROM
                                + "Use verify-full, or set REDIS_SSLROOTCERT to the file of the server's root certificates.");

        Path root = Files.writeString(directory.resolve("root.pem"), "");
        RedisSettings settings = resolve(url, "REDIS_SSLMODE=verify-ca", "REDIS_SSLROOTCERT=" + root);

        assertThat(settings.sslMode()).isEqualTo(SslMode.VERIFY_CA);
        assertThat(settings.trustAnchors()).contains(TrustAnchors.ofFile(root));
    }

    @ParameterizedTest
    @CsvSource({"redis, require", "rediss, disable"})
    void sslmode_thatContradictsTheScheme_isAnError(String scheme, String mode) {
        assertThat(failure("REDIS_URL=" + scheme + "://:secret@cache.internal", "REDIS_SSLMODE=" + mode))
                .hasMessage("Cannot open Redis: scheme in REDIS_URL and REDIS_SSLMODE have different values." + FROM
                        + "From: scheme in environment variable REDIS_URL; environment variable REDIS_SSLMODE" + FROM
                        + "Keep one of them, or set both to the same value. REDIS_URL accepts redis:// and valkey:// URLs,"
                        + " or rediss:// and valkeys:// for TLS.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"allow", "prefer", "yes"})
    void sslmode_thatNegotiates_isRefusedByName(String mode) {
        assertThat(failure("REDIS_SSLMODE=" + mode))
                .hasMessage("Cannot open Redis: REDIS_SSLMODE is '" + mode
                        + "', which is not an SSL mode of a server that does not negotiate TLS." + FROM
                        + "From: environment variable REDIS_SSLMODE" + FROM
                        + "Use one of: disable, require, verify-ca, verify-full.");
    }

    @Test
    void sslmode_ofAnotherClient_isExplained() {
        assertThat(failure("REDIS_SSLMODE=verify_identity").problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.fixes().get(0)).isEqualTo("Did you mean 'verify-full'?"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"require", "verify-full"})
    void sslmode_besideAUrlInAFile_decidesHowTheServerIsVerified(String mode) throws IOException {
        Path url = Files.writeString(directory.resolve("url"), "rediss://app:x@cache.internal:6380\n");

        RedisSettings settings = resolve("REDIS_URL_FILE=" + url, "REDIS_SSLMODE=" + mode);

        assertThat(settings.sslMode()).hasToString(mode);
        assertThat(origin(settings, "sslmode")).isEqualTo("environment variable REDIS_SSLMODE");
    }

    @Test
    void sslmode_thatContradictsAUrlInAFile_isAnError() throws IOException {
        Path url = Files.writeString(directory.resolve("url"), "rediss://app:x@cache.internal:6380\n");

        assertThat(failure("REDIS_URL_FILE=" + url, "REDIS_SSLMODE=disable").problems())
                .extracting(Problem::message)
                .containsExactly("REDIS_SSLMODE and scheme in REDIS_URL_FILE have different values.");
    }

    @Test
    void strict_withoutSslmode_verifiesTheServerWithTheRootsOfTheJvm() {
        RedisSettings settings = resolve("ENVIRONMENT=production", "REDIS_HOST=cache.internal", "REDIS_AUTH=none");

        assertThat(settings.sslMode()).isEqualTo(SslMode.VERIFY_FULL);
        assertThat(settings.trustAnchors()).contains(TrustAnchors.ofSystem());
        assertThat(settings.warnings()).isEmpty();
    }

    @Test
    void strict_withoutTls_isAnError_exceptForLoopbackAndForListedHosts() {
        assertThat(failure("ENVIRONMENT=production", "REDIS_URL=redis://:x@cache.internal")
                        .problems())
                .extracting(Problem::message)
                .containsExactly("scheme in REDIS_URL is weaker than environment 'production' allows.");
        assertThat(resolve("ENVIRONMENT=production", "REDIS_URL=redis://:x@127.0.0.1")
                        .sslMode())
                .isEqualTo(SslMode.DISABLE);
        assertThat(resolve(
                                "ENVIRONMENT=production",
                                "REDIS_URL=redis://:x@cache.internal",
                                "REDIS_PLAINTEXT_HOSTS=cache.internal")
                        .sslMode())
                .isEqualTo(SslMode.DISABLE);
    }
}
