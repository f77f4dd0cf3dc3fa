package dev.wellhead.internal.types;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.wellhead.settings.Pooler;
import dev.wellhead.settings.Profile;
import dev.wellhead.settings.Setting;
import dev.wellhead.settings.Settings;
import dev.wellhead.settings.TransactionIsolation;
import dev.wellhead.tls.SslMode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SettingTypesTest {

    private static final SettingType<Duration> TIMEOUT =
            SettingTypes.duration(Duration.ofMillis(250), Duration.ofHours(1), "");
    private static final SettingType<Duration> LIFETIME =
            SettingTypes.duration(Duration.ofSeconds(30), Duration.ofDays(1), "no limit");
    private static final SettingType<Duration> WAIT =
            SettingTypes.duration(Duration.ZERO, Duration.ofDays(1), "one attempt");
    private static final String UNITS = "Write a whole number and a unit: ms, s, m, h or d, such as 500ms, 5s or 2m.";
    private static final String PORTS = "Use whole numbers from 1 to 65535 in plain digits, separated by commas.";
    private static final String ITEMS = "Write the items with one comma between them and no blanks around them.";

    static Stream<Arguments> accepted() {
        return Stream.of(
                arguments(SettingTypes.text("a name"), " kept as it is ", " kept as it is "),
                arguments(SettingTypes.text("a name"), "smørrebrød 🥪", "smørrebrød 🥪"),
                arguments(SettingTypes.list("names"), "a", List.of("a")),
                arguments(SettingTypes.list("names"), "a,b b,::1", List.of("a", "b b", "::1")),
                arguments(SettingTypes.ports(), "5432", List.of(5432)),
                arguments(SettingTypes.ports(), "1,65535", List.of(1, 65535)),
                arguments(SettingTypes.ports(), "05432", List.of(5432)),
                arguments(SettingTypes.integer(0, 10), "0", 0),
                arguments(SettingTypes.integer(0, 10), "10", 10),
                arguments(TIMEOUT, "250ms", Duration.ofMillis(250)),
                arguments(TIMEOUT, "5s", Duration.ofSeconds(5)),
                arguments(TIMEOUT, "2m", Duration.ofMinutes(2)),
                arguments(TIMEOUT, "1h", Duration.ofHours(1)),
                arguments(LIFETIME, "1d", Duration.ofDays(1)),
                arguments(LIFETIME, "0", Duration.ZERO),
                arguments(LIFETIME, "0ms", Duration.ZERO),
                arguments(WAIT, "000", Duration.ZERO),
                arguments(SettingTypes.bool(), "true", true),
                arguments(SettingTypes.bool(), "false", false),
                arguments(SettingTypes.path(), "/run/secrets/db", Path.of("/run/secrets/db")),
                arguments(SettingTypes.path(), "relative", Path.of("relative")),
                arguments(SettingTypes.sslMode(), "verify-full", SslMode.VERIFY_FULL),
                arguments(SettingTypes.choice(Pooler.values()), "rds-proxy", Pooler.RDS_PROXY),
                arguments(
                        SettingTypes.choice(TransactionIsolation.values()),
                        "TRANSACTION_SERIALIZABLE",
                        TransactionIsolation.SERIALIZABLE));
    }

    @ParameterizedTest
    @MethodSource("accepted")
    void parse_validText_isItsValue(SettingType<?> type, String text, Object value) throws InvalidValueException {
        assertThat(type.parse(text)).isEqualTo(value);
    }

    static Stream<Arguments> refused() {
        String anyMode = "Use one of: disable, allow, prefer, require, verify-ca, verify-full.";
        return Stream.of(
                arguments(
                        SettingTypes.text("a name"),
                        "a\0b",
                        "a text with a NUL character",
                        List.of("Take the NUL out: PostgreSQL cannot carry it.")),
                arguments(
                        SettingTypes.sensitiveText("a password"),
                        "a\ud800b",
                        "not valid Unicode",
                        List.of("Check the encoding it was written in: UTF-8 cannot carry it.")),
                arguments(SettingTypes.list("names"), "", "a list with an empty item", List.of(ITEMS)),
                arguments(SettingTypes.list("names"), "a,,b", "a list with an empty item", List.of(ITEMS)),
                arguments(SettingTypes.list("names"), "a,", "a list with an empty item", List.of(ITEMS)),
                arguments(SettingTypes.list("names"), "a, b", "a list with blanks around an item", List.of(ITEMS)),
                arguments(SettingTypes.ports(), "", "not a port", List.of(PORTS)),
                arguments(SettingTypes.ports(), "5432 ", "not a port", List.of(PORTS)),
                arguments(SettingTypes.ports(), "+5432", "not a port", List.of(PORTS)),
                arguments(SettingTypes.ports(), "-1", "not a port", List.of(PORTS)),
                arguments(SettingTypes.ports(), "0", "not a port", List.of(PORTS)),
                arguments(SettingTypes.ports(), "65536", "not a port", List.of(PORTS)),
                arguments(SettingTypes.ports(), "٥٤٣٢", "not a port", List.of(PORTS)),
                arguments(SettingTypes.ports(), "18446744073709557048", "not a port", List.of(PORTS)),
                arguments(SettingTypes.ports(), "5432,", "not a list of ports", List.of(PORTS)),
                arguments(SettingTypes.ports(), "1,x", "not a list of ports", List.of(PORTS)),
                arguments(
                        SettingTypes.integer(1, 10),
                        "ten",
                        "not a whole number in plain digits",
                        List.of("Use a whole number from 1 to 10.")),
                arguments(
                        SettingTypes.integer(1, 10),
                        "1_0",
                        "not a whole number in plain digits",
                        List.of("Use a whole number from 1 to 10.")),
                arguments(SettingTypes.integer(1, 10), "0", "less than 1", List.of("Use a whole number from 1 to 10.")),
                arguments(
                        SettingTypes.integer(1, 10), "11", "more than 10", List.of("Use a whole number from 1 to 10.")),
                arguments(
                        SettingTypes.integer(0, Integer.MAX_VALUE),
                        "2147483648",
                        "more than 2147483647",
                        List.of("Use a whole number from 0 to 2147483647.")),
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
                arguments(SettingTypes.bool(), "yes", "neither true nor false", List.of("Use true or false.")),
                arguments(SettingTypes.bool(), "True", "neither true nor false", List.of("Use true or false.")),
                arguments(SettingTypes.bool(), "1", "neither true nor false", List.of("Use true or false.")),
                arguments(
                        SettingTypes.path(),
                        "~/key.pem",
                        "a path that starts with ~, which only a shell expands",
                        List.of("Write the whole path.")),
                arguments(
                        SettingTypes.path(),
                        "a\0b",
                        "a text with a NUL character",
                        List.of("Take the NUL out: PostgreSQL cannot carry it.")),
                arguments(SettingTypes.sslMode(), "yes", "not an SSL mode", List.of(anyMode)),
                arguments(
                        SettingTypes.sslMode(),
                        "Verify_Full",
                        "not an SSL mode",
                        List.of("Did you mean 'verify-full'?", anyMode)),
                arguments(
                        SettingTypes.sslMode(),
                        "requre",
                        "not an SSL mode",
                        List.of("Did you mean 'require'?", anyMode)),
                arguments(
                        SettingTypes.choice(Pooler.values()),
                        "pgbuoncer",
                        "not one of its values",
                        List.of("Did you mean 'pgbouncer'?", "Use one of: none, pgbouncer, rds-proxy.")));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void parse_invalidText_saysWhatAndHow(SettingType<?> type, String text, String message, List<String> fixes) {
        InvalidValueException e = catchThrowableOfType(InvalidValueException.class, () -> type.parse(text));

        assertThat(e).hasMessage(message).hasNoCause();
        assertThat(e.fixes()).isEqualTo(fixes);
    }

    static Stream<Arguments> spellings() {
        return Stream.of(
                arguments(TIMEOUT, "1000ms", "1s"),
                arguments(TIMEOUT, "1500ms", "1500ms"),
                arguments(TIMEOUT, "90s", "90s"),
                arguments(TIMEOUT, "60m", "1h"),
                arguments(LIFETIME, "24h", "1d"),
                arguments(LIFETIME, "0", "0s"),
                arguments(SettingTypes.ports(), "1,02", "1,2"),
                arguments(SettingTypes.list("names"), "a,b", "a,b"),
                arguments(SettingTypes.bool(), "true", "true"),
                arguments(SettingTypes.sslMode(), "verify-ca", "verify-ca"),
                arguments(SettingTypes.sensitiveText("a password"), "s3cret", "<redacted>"));
    }

    @ParameterizedTest
    @MethodSource("spellings")
    <T> void format_value_isTheCanonicalSpelling(SettingType<T> type, String text, String spelling)
            throws InvalidValueException {
        assertThat(type.format(type.parse(text))).isEqualTo(spelling);
    }

    static Stream<Arguments> descriptions() {
        return Stream.of(
                arguments(TIMEOUT, "a duration (ms, s, m, h, d) from 250ms to 1h"),
                arguments(LIFETIME, "a duration (ms, s, m, h, d) from 30s to 1d; 0: no limit"),
                arguments(WAIT, "a duration (ms, s, m, h, d) up to 1d; 0: one attempt"),
                arguments(SettingTypes.ports(), "ports from 1 to 65535, separated by commas"),
                arguments(SettingTypes.integer(1, 10), "a whole number from 1 to 10"),
                arguments(SettingTypes.bool(), "true or false"),
                arguments(SettingTypes.path(), "a file"),
                arguments(SettingTypes.sslMode(), "one of: disable, allow, prefer, require, verify-ca, verify-full"));
    }

    @ParameterizedTest
    @MethodSource("descriptions")
    void description_eachType_tellsUnitAndBounds(SettingType<?> type, String description) {
        assertThat(type.description()).isEqualTo(description);
    }

    @Test
    void defaults_everySettingInEveryProfile_parse() throws InvalidValueException {
        for (Setting<?> setting : Settings.all()) {
            for (Profile profile : Profile.values()) {
                String text = setting.defaultIn(profile).orElse("");
                if (!text.isEmpty()) {
                    assertThat(setting.type().parse(text)).as(setting.name()).isNotNull();
                }
            }
        }
    }
}
