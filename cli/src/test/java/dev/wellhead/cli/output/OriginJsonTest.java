package dev.wellhead.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.settings.Origin;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class OriginJsonTest {

    static Stream<Arguments> origins() {
        return Stream.of(
                Arguments.of(new Origin.BuilderCall(), "builder", null, null, null),
                Arguments.of(
                        new Origin.SystemProperty("wellhead.databases.default.host"),
                        "system-property",
                        null,
                        null,
                        null),
                Arguments.of(Origin.Variable.of("DB_HOST"), "environment-variable", "DB_HOST", null, null),
                Arguments.of(Origin.Variable.ofLibpq("PGHOST"), "libpq", "PGHOST", null, null),
                Arguments.of(
                        new Origin.UrlPart("host", "DATABASE_URL"), "environment-variable", "DATABASE_URL", null, null),
                Arguments.of(
                        new Origin.ConfigurationLine("application.conf", 12, null),
                        "configuration-file",
                        null,
                        "application.conf",
                        12),
                Arguments.of(
                        new Origin.ConfigurationLine("application.conf", 0, "MY_HOST"),
                        "configuration-file",
                        "MY_HOST",
                        "application.conf",
                        null),
                Arguments.of(new Origin.LibpqFile("~/.pgpass", 3), "libpq", null, "~/.pgpass", 3),
                Arguments.of(new Origin.SecretField("secret 'prod/shop'", "host"), "secret", null, null, null),
                Arguments.of(new Origin.DefaultOf("local"), "default", null, null, null),
                Arguments.of(
                        new Origin.OfSetting("host", Origin.Variable.of("DB_HOST")),
                        "environment-variable",
                        "DB_HOST",
                        null,
                        null));
    }

    @ParameterizedTest
    @MethodSource("origins")
    void origin_ofEachType_hasItsFacts(
            Origin origin, String kind, @Nullable String variable, @Nullable String file, @Nullable Integer line) {
        Map<String, @Nullable Object> fields = OriginJson.fields(origin);

        assertThat(fields.keySet()).containsExactly("originKind", "variable", "file", "line");
        assertThat(fields.values()).containsExactly(kind, variable, file, line);
    }

    @Test
    void origin_thatIsMissing_hasOnlyNulls() {
        assertThat(OriginJson.firstOf(List.of()).values()).hasSize(4).containsOnlyNulls();
    }
}
