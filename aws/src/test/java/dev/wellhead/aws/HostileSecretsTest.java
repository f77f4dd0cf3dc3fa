package dev.wellhead.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import dev.wellhead.credentials.CredentialsException;
import dev.wellhead.internal.secret.SecretLogin;
import dev.wellhead.internal.secret.SecretParser;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Texts that no secret should have: they are accepted, or rejected with a message that contains no part of them. */
class HostileSecretsTest {

    private static final String MARKER = "Marker0Never0Shown";
    private static final long SEED = 20261123;
    private static final int MUTATIONS = 20_000;

    static Stream<Arguments> texts() {
        String login = "\"username\":\"app\",\"password\":\"" + MARKER + "\"";
        return Stream.of(
                Arguments.of("huge", "{" + login + ",\"port\":\"" + "9".repeat(1 << 20) + "\"}"),
                Arguments.of("deeply nested", "{" + login + ",\"ssl\":" + "[".repeat(100_000) + MARKER),
                Arguments.of(
                        "deeply nested and whole",
                        "{\"a\":" + "[".repeat(5_000) + "]".repeat(5_000) + "," + login + "}"),
                Arguments.of("NUL", "{" + login + ",\"host\":\"a\u0000" + MARKER + "\",\"port\":\"\u0000\"}"),
                Arguments.of("no JSON but braces", "{" + MARKER + "}"),
                Arguments.of("trailing garbage", "{" + login + "} " + MARKER),
                Arguments.of("two objects", "{" + login + "}{" + login + "}"),
                Arguments.of(
                        "password that is an object", "{\"username\":\"app\",\"password\":{\"" + MARKER + "\":1}}"),
                Arguments.of("user that is a list", "{\"username\":[\"" + MARKER + "\"],\"password\":\"x\"}"),
                Arguments.of("host that is a number", "{" + login + ",\"host\":1}"),
                Arguments.of("port that is no number", "{" + login + ",\"port\":\"" + MARKER + "\"}"),
                Arguments.of("port beyond all", "{" + login + ",\"port\":1e999}"),
                Arguments.of("ssl of another world", "{" + login + ",\"ssl\":\"" + MARKER + "\"}"),
                Arguments.of("engine of another world", "{" + login + ",\"engine\":\"" + MARKER + "\"}"),
                Arguments.of("URL with a broken escape", "postgresql://app:" + MARKER + "%zz@db.example/ledger"),
                Arguments.of(
                        "URL with an unknown parameter", "postgresql://app:" + MARKER + "@db.example/l?x=" + MARKER),
                Arguments.of("URL of many hosts", "postgresql://app:" + MARKER + "@a,b,c/ledger"),
                Arguments.of("URL with a bad port", "postgresql://app:" + MARKER + "@db.example:" + MARKER + "/ledger"),
                Arguments.of(
                        "JDBC URL",
                        "jdbc:postgresql://db.example/ledger?user=app&password=" + MARKER + "&ssl=" + MARKER),
                Arguments.of("JDBC URL of nothing", "jdbc:postgresql:" + MARKER));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("texts")
    void parse_hostileText_isAcceptedOrRejectedWithoutShowingIt(String name, String text) {
        assertHarmless(text);
    }

    @Test
    void parse_duplicateKeys_isRejected() {
        assertThatThrownBy(() -> parse("{\"username\":\"a\",\"username\":\"b\",\"password\":\"x\"}"))
                .hasMessage("The secret 'prod/ledger' starts like a JSON object, but is not valid JSON.");
    }

    @Test
    void parse_nonAsciiPassword_isUnchanged() throws CredentialsException {
        String password = "pässwörd-Пароль-密码-\uD83D\uDD11";

        assertThat(parse("{\"username\":\"ü\",\"password\":\"" + password + "\"}")
                        .credentials()
                        .password())
                .isEqualTo(password);
    }

    @Test
    void parse_randomMutations_areAcceptedOrRejectedWithoutShowingThem() {
        List<String> seeds = List.of(
                "{\"engine\":\"postgres\",\"host\":\"db.example\",\"port\":5432,\"dbname\":\"ledger\",\"username\":\"app\","
                        + "\"password\":\"" + MARKER + "\",\"ssl\":true}",
                "postgresql://app:" + MARKER + "@db.example:5432/ledger?sslmode=require",
                "jdbc:postgresql://db.example:5432/ledger?user=app&password=" + MARKER);
        String alphabet = "{}[]\":,\\/@?&=%+#\u0000 \n\tatrue0-9eE.\uD83D";
        Random random = new Random(SEED);
        for (int i = 0; i < MUTATIONS; i++) {
            StringBuilder text = new StringBuilder(seeds.get(random.nextInt(seeds.size())));
            int marker = text.indexOf(MARKER);
            for (int change = random.nextInt(4) + 1; change > 0; change--) {
                // only around the marker, which has to stay complete to be found
                int at = random.nextInt(text.length());
                if (at >= marker && at < marker + MARKER.length()) {
                    continue;
                }
                text.setCharAt(at, alphabet.charAt(random.nextInt(alphabet.length())));
            }
            assertHarmless(text.toString());
        }
    }

    private static void assertHarmless(String text) {
        try {
            parse(text);
        } catch (CredentialsException e) {
            for (Throwable cause = e; cause != null; cause = cause.getCause()) {
                assertThat(String.valueOf(cause.getMessage()))
                        .doesNotContain(MARKER)
                        .hasSizeLessThan(1_000);
            }
        } catch (RuntimeException | Error e) {
            fail("seed " + SEED + ": " + e.getClass().getName() + " for a text of " + text.length() + " characters", e);
        }
    }

    private static SecretLogin parse(String text) throws CredentialsException {
        return new SecretParser("The secret 'prod/ledger'", RotatingSecrets.KEYS, "app", "DB_USER")
                .parse(text, "current");
    }
}
