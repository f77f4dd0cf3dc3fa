package dev.wellhead.internal.types;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.wellhead.settings.Pooler;
import dev.wellhead.settings.Profile;
import dev.wellhead.settings.Setting;
import dev.wellhead.settings.Settings;
import dev.wellhead.settings.TransactionIsolation;
import dev.wellhead.tls.FileOrPem;
import dev.wellhead.tls.SslMode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SettingValuesTest {

    private static final Setting<Duration> TIMEOUT = Settings.CONNECTION_TIMEOUT;
    private static final Setting<Duration> LIFETIME = Settings.MAX_LIFETIME;
    private static final Setting<Duration> WAIT = Settings.STARTUP_TIMEOUT;
    private static final String UNITS = "Write a whole number and a unit: ms, s, m, h or d, such as 500ms, 5s or 2m.";
    private static final String PORTS = "Use whole numbers from 1 to 65535 in plain digits, separated by commas.";
    private static final String ENDS_IN_LINE_BREAK = "a text that ends in a line break";
    private static final String REMOVE_LINE_BREAK =
            "Remove the line break. A file with the line ends of Windows, for example, adds a carriage return.";
    private static final String REFERENCE = "a reference to a variable that nothing has replaced";
    private static final String REPLACE =
            "Set the value itself, or let a shell or the deployment replace the reference.";
    private static final String IN_QUOTES = "in quotes, which are part of the value";
    private static final String REMOVE_QUOTES =
            "Remove the quotes. A file for docker --env-file, for example, must not have them.";
    private static final String ITEMS = "Write the items with one comma between them and no blanks around them.";

    static Stream<Arguments> accepted() {
        return Stream.of(
                arguments(Settings.POOL_NAME, " kept as it is ", " kept as it is "),
                arguments(Settings.POOL_NAME, "smørrebrød 🥪", "smørrebrød 🥪"),
                arguments(Settings.SCHEMA, "a", List.of("a")),
                arguments(Settings.SCHEMA, "\"MySchema\"", List.of("\"MySchema\"")),
                arguments(Settings.USER, "o'brien", "o'brien"),
                arguments(Settings.CONNECTION_INIT_SQL, "SET a = 1;\nSET b = 'x'", "SET a = 1;\nSET b = 'x'"),
                arguments(Settings.SCHEMA, "a,b b,::1", List.of("a", "b b", "::1")),
                arguments(Settings.PORT, "5432", List.of(5432)),
                arguments(Settings.PORT, "1,65535", List.of(1, 65535)),
                arguments(Settings.PORT, "05432", List.of(5432)),
                arguments(Settings.KEEPALIVES_COUNT, "0", 0),
                arguments(Settings.KEEPALIVES_COUNT, "1000", 1000),
                arguments(TIMEOUT, "250ms", Duration.ofMillis(250)),
                arguments(TIMEOUT, "5s", Duration.ofSeconds(5)),
                arguments(TIMEOUT, "2m", Duration.ofMinutes(2)),
                arguments(TIMEOUT, "1h", Duration.ofHours(1)),
                arguments(LIFETIME, "1d", Duration.ofDays(1)),
                arguments(LIFETIME, "0", Duration.ZERO),
                arguments(LIFETIME, "0ms", Duration.ZERO),
                arguments(WAIT, "000", Duration.ZERO),
                arguments(Settings.AUTO_COMMIT, "true", true),
                arguments(Settings.AUTO_COMMIT, "false", false),
                arguments(Settings.SSLCERT, "/run/secrets/db", FileOrPem.ofFile(Path.of("/run/secrets/db"))),
                arguments(Settings.SSLCERT, "pom.xml", FileOrPem.ofFile(Path.of("pom.xml"))),
                arguments(Settings.SSLMODE, "verify-full", SslMode.VERIFY_FULL),
                arguments(Settings.POOLER, "rds-proxy", Pooler.RDS_PROXY),
                arguments(
                        Settings.TRANSACTION_ISOLATION, "TRANSACTION_SERIALIZABLE", TransactionIsolation.SERIALIZABLE));
    }

    @ParameterizedTest
    @MethodSource("accepted")
    void parse_validText_returnsItsValue(Setting<?> setting, String text, Object value) throws InvalidValueException {
        assertThat(SettingValues.parse(setting, text)).isEqualTo(value);
    }

    static Stream<Arguments> refused() {
        String anyMode = "Use one of: disable, allow, prefer, require, verify-ca, verify-full.";
        return Stream.of(
                arguments(
                        Settings.POOL_NAME,
                        "a\0b",
                        "a text with a NUL character",
                        List.of("Remove the NUL character: the server does not support it.")),
                arguments(
                        Settings.PASSWORD,
                        "a\ud800b",
                        "not valid Unicode",
                        List.of("Check the encoding that it was written in: UTF-8 cannot encode it.")),
                arguments(Settings.USER, "app\n", ENDS_IN_LINE_BREAK, List.of(REMOVE_LINE_BREAK)),
                arguments(Settings.NAME, "app\r", ENDS_IN_LINE_BREAK, List.of(REMOVE_LINE_BREAK)),
                arguments(Settings.HOST, "db\r\n", ENDS_IN_LINE_BREAK, List.of(REMOVE_LINE_BREAK)),
                arguments(Settings.PORT, "5432\r", ENDS_IN_LINE_BREAK, List.of(REMOVE_LINE_BREAK)),
                arguments(Settings.SSLMODE, "require\n", ENDS_IN_LINE_BREAK, List.of(REMOVE_LINE_BREAK)),
                arguments(Settings.SSLROOTCERT, "/etc/root.crt\r", ENDS_IN_LINE_BREAK, List.of(REMOVE_LINE_BREAK)),
                arguments(Settings.SECRET_ID, "prod/ledger\n", ENDS_IN_LINE_BREAK, List.of(REMOVE_LINE_BREAK)),
                arguments(Settings.USER, "${DB_USER}", REFERENCE, List.of(REPLACE)),
                arguments(Settings.NAME, "$DB_NAME", REFERENCE, List.of(REPLACE)),
                arguments(Settings.HOST, "{{ .Values.host }}", REFERENCE, List.of(REPLACE)),
                arguments(Settings.PORT, "$(DB_PORT)", REFERENCE, List.of(REPLACE)),
                arguments(Settings.USER, "\"app\"", IN_QUOTES, List.of(REMOVE_QUOTES)),
                arguments(Settings.NAME, "'app'", IN_QUOTES, List.of(REMOVE_QUOTES)),
                arguments(Settings.HOST, "\"db\"", IN_QUOTES, List.of(REMOVE_QUOTES)),
                arguments(Settings.HOST, "\u201cdb\u201d", IN_QUOTES, List.of(REMOVE_QUOTES)),
                arguments(Settings.PORT, "\"5432\"", IN_QUOTES, List.of(REMOVE_QUOTES)),
                arguments(Settings.SSLMODE, "'require'", IN_QUOTES, List.of(REMOVE_QUOTES)),
                arguments(TIMEOUT, "\"5s\"", IN_QUOTES, List.of(REMOVE_QUOTES)),
                arguments(Settings.PASSWORD_FILE, "\"/run/secrets/db\"", IN_QUOTES, List.of(REMOVE_QUOTES)),
                arguments(Settings.SSLROOTCERT, "'/etc/root.crt'", IN_QUOTES, List.of(REMOVE_QUOTES)),
                arguments(
                        Settings.USER,
                        "a\tb",
                        "a text with a control character, at character 2",
                        List.of("Remove the character.")),
                arguments(
                        Settings.NAME,
                        "a\nb",
                        "a text with a line break, so it is not shown",
                        List.of("Write it on one line.")),
                arguments(Settings.SCHEMA, "", "a list with an empty item", List.of(ITEMS)),
                arguments(Settings.SCHEMA, "a,,b", "a list with an empty item", List.of(ITEMS)),
                arguments(Settings.SCHEMA, "a,", "a list with an empty item", List.of(ITEMS)),
                arguments(Settings.SCHEMA, "a, b", "a list with blanks around an item", List.of(ITEMS)),
                arguments(Settings.PORT, "", "not a port", List.of(PORTS)),
                arguments(Settings.PORT, "5432 ", "not a port", List.of(PORTS)),
                arguments(Settings.PORT, "+5432", "not a port", List.of(PORTS)),
                arguments(Settings.PORT, "-1", "not a port", List.of(PORTS)),
                arguments(Settings.PORT, "0", "not a port", List.of(PORTS)),
                arguments(Settings.PORT, "65536", "not a port", List.of(PORTS)),
                arguments(Settings.PORT, "٥٤٣٢", "not a port", List.of(PORTS)),
                arguments(Settings.PORT, "18446744073709557048", "not a port", List.of(PORTS)),
                arguments(Settings.PORT, "5432,", "not a list of ports", List.of(PORTS)),
                arguments(Settings.PORT, "1,x", "not a list of ports", List.of(PORTS)),
                arguments(
                        Settings.MAXIMUM_POOL_SIZE,
                        "ten",
                        "not a whole number in plain digits",
                        List.of("Use a whole number from 1 to 10000.")),
                arguments(
                        Settings.MAXIMUM_POOL_SIZE,
                        "1_0",
                        "not a whole number in plain digits",
                        List.of("Use a whole number from 1 to 10000.")),
                arguments(
                        Settings.MAXIMUM_POOL_SIZE, "0", "less than 1", List.of("Use a whole number from 1 to 10000.")),
                arguments(
                        Settings.MAXIMUM_POOL_SIZE,
                        "10001",
                        "more than 10000",
                        List.of("Use a whole number from 1 to 10000.")),
                arguments(
                        Settings.DEFAULT_ROW_FETCH_SIZE,
                        "18446744073709551617",
                        "more than 100000000",
                        List.of("Use a whole number from 0 to 100000000.")),
                arguments(TIMEOUT, "30", "a number without a unit", List.of(UNITS)),
                arguments(TIMEOUT, "PT5S", "not a duration", List.of(UNITS)),
                arguments(TIMEOUT, "5 s", "not a duration", List.of(UNITS)),
                arguments(TIMEOUT, "1.5s", "not a duration", List.of(UNITS)),
                arguments(TIMEOUT, "-5s", "not a duration", List.of(UNITS)),
                arguments(TIMEOUT, "5S", "not a duration", List.of(UNITS)),
                arguments(TIMEOUT, "٥s", "not a duration", List.of(UNITS)),
                arguments(TIMEOUT, "", "not a duration", List.of(UNITS)),
                arguments(TIMEOUT, "249ms", "shorter than 250ms", List.of("Use a duration from 250ms to 1h.")),
                arguments(TIMEOUT, "0", "shorter than 250ms", List.of("Use a duration from 250ms to 1h.")),
                arguments(TIMEOUT, "61m", "longer than 1h", List.of("Use a duration from 250ms to 1h.")),
                arguments(
                        LIFETIME,
                        "29s",
                        "shorter than 30s",
                        List.of("Use a duration from 30s to 1d; 0 means no limit.")),
                arguments(
                        LIFETIME,
                        "106751991168d",
                        "longer than 1d",
                        List.of("Use a duration from 30s to 1d; 0 means no limit.")),
                arguments(
                        LIFETIME,
                        "99999999999999999999s",
                        "longer than 1d",
                        List.of("Use a duration from 30s to 1d; 0 means no limit.")),
                arguments(Settings.AUTO_COMMIT, "yes", "neither true nor false", List.of("Use true or false.")),
                arguments(Settings.AUTO_COMMIT, "True", "neither true nor false", List.of("Use true or false.")),
                arguments(Settings.AUTO_COMMIT, "1", "neither true nor false", List.of("Use true or false.")),
                arguments(
                        Settings.SSLCERT,
                        "~/key.pem",
                        "a path that starts with ~, which only a shell expands",
                        List.of("Write the whole path.")),
                arguments(
                        Settings.SSLCERT,
                        "a\0b",
                        "a text with a NUL character",
                        List.of("Remove the NUL character: the server does not support it.")),
                arguments(Settings.SSLMODE, "yes", "not an SSL mode", List.of(anyMode)),
                arguments(
                        Settings.SSLMODE,
                        "Verify_Full",
                        "not an SSL mode",
                        List.of("Did you mean 'verify-full'?", anyMode)),
                arguments(Settings.SSLMODE, "requre", "not an SSL mode", List.of("Did you mean 'require'?", anyMode)),
                arguments(
                        Settings.POOLER,
                        "pgbuoncer",
                        "not one of its values",
                        List.of("Did you mean 'pgbouncer'?", "Use one of: none, pgbouncer, rds-proxy.")));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void parse_invalidText_throwsWithMessageAndFixes(
            Setting<?> setting, String text, String message, List<String> fixes) {
        InvalidValueException e =
                catchThrowableOfType(InvalidValueException.class, () -> SettingValues.parse(setting, text));

        assertThat(e).hasMessage(message).hasNoCause();
        assertThat(e.fixes()).containsExactlyElementsOf(fixes);
    }

    static Stream<Arguments> spellings() {
        return Stream.of(
                arguments(TIMEOUT, "1000ms", "1s"),
                arguments(TIMEOUT, "1500ms", "1500ms"),
                arguments(TIMEOUT, "90s", "90s"),
                arguments(TIMEOUT, "60m", "1h"),
                arguments(LIFETIME, "24h", "1d"),
                arguments(LIFETIME, "0", "0s"),
                arguments(Settings.PORT, "1,02", "1,2"),
                arguments(Settings.SCHEMA, "a,b", "a,b"),
                arguments(Settings.AUTO_COMMIT, "true", "true"),
                arguments(Settings.SSLMODE, "verify-ca", "verify-ca"),
                arguments(Settings.PASSWORD, "s3cret", "<redacted>"));
    }

    @ParameterizedTest
    @MethodSource("spellings")
    <T> void format_value_returnsTheCanonicalSpelling(Setting<T> setting, String text, String spelling)
            throws InvalidValueException {
        assertThat(SettingValues.format(SettingValues.parse(setting, text))).isEqualTo(spelling);
    }

    static Stream<Arguments> descriptions() {
        return Stream.of(
                arguments(TIMEOUT, "a duration (ms, s, m, h, d) from 250ms to 1h"),
                arguments(LIFETIME, "a duration (ms, s, m, h, d) from 30s to 1d; 0: no limit"),
                arguments(WAIT, "a duration (ms, s, m, h, d) up to 1h; 0: one attempt"),
                arguments(Settings.PORT, "ports from 1 to 65535, separated by commas"),
                arguments(Settings.MAXIMUM_POOL_SIZE, "a whole number from 1 to 10000"),
                arguments(Settings.AUTO_COMMIT, "true or false"),
                arguments(Settings.PASSWORD_FILE, "a file"),
                arguments(Settings.SSLMODE, "one of: disable, allow, prefer, require, verify-ca, verify-full"));
    }

    @ParameterizedTest
    @MethodSource("descriptions")
    void describe_eachKind_hasUnitAndBounds(Setting<?> setting, String description) {
        assertThat(SettingValues.describe(setting)).isEqualTo(description);
    }

    @Test
    void defaults_everySettingInEveryProfile_parse() throws InvalidValueException {
        for (Setting<?> setting : Settings.all()) {
            for (Profile profile : Profile.values()) {
                String text = setting.defaultIn(profile).orElse("");
                if (!text.isEmpty()) {
                    assertThat(SettingValues.parse(setting, text))
                            .as(setting.name())
                            .isNotNull();
                }
            }
        }
    }
}
