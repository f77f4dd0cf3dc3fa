package dev.wellhead.internal.sources;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.internal.resolve.Resolve;
import dev.wellhead.internal.types.Catalogue;
import dev.wellhead.internal.types.DatabaseName;
import dev.wellhead.internal.types.Problems;
import dev.wellhead.internal.types.RawValue;
import dev.wellhead.settings.Problem;
import dev.wellhead.settings.ProblemCode;
import dev.wellhead.settings.Setting;
import dev.wellhead.settings.Settings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Variables of one database, with and without a URL. */
class EnvironmentSourceTest {

    private final Problems problems = new Problems();
    private final List<String> warnings = new ArrayList<>();

    @Test
    void read_everyVariableOfTheCatalogue_isAValue() {
        Map<String, String> variables = new HashMap<>();
        for (Setting<?> setting : Settings.all()) {
            variables.put(setting.variable(), "x");
        }

        assertThat(read("default", variables))
                .extracting(RawValue::setting)
                .containsExactlyInAnyOrderElementsOf(Settings.all());
        assertThat(problems.all()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\t"})
    void read_blankVariable_countsAsUnset(String blank) {
        assertThat(read("default", Map.of("DB_HOST", blank, "DATABASE_URL", blank)))
                .isEmpty();
    }

    @Test
    void read_namedDatabase_readsOnlyItsVariables() {
        Map<String, String> variables =
                Map.of("DB_HOST", "unnamed", "LEDGER_DB_HOST", "ledger", "LEDGERS_DB_HOST", "x");

        assertThat(read("ledger", variables)).singleElement().satisfies(host -> {
            assertThat(host.text().reveal()).isEqualTo("ledger");
            assertThat(host.key()).isEqualTo("LEDGER_DB_HOST");
        });
    }

    @Test
    void read_urlAndVariables_areBothRead() {
        Map<String, String> variables =
                Map.of("DATABASE_URL", "postgresql://app@db/ledger", "DB_MAXIMUM_POOL_SIZE", "7");

        assertThat(read("default", variables))
                .extracting(RawValue::setting)
                .containsExactlyInAnyOrder(Settings.HOST, Settings.USER, Settings.NAME, Settings.MAXIMUM_POOL_SIZE);
    }

    @ParameterizedTest
    @CsvSource({
        "postgresql://db/app?connect_timeout=5, DB_CONNECT_TIMEOUT, 5s",
        "postgresql://db/app?connect_timeout=5, DB_CONNECT_TIMEOUT, 5000ms",
        "postgresql://db:5432/app, DB_PORT, 5432",
        "'postgresql://db1,db2/app', DB_HOST, 'DB1,db2'",
    })
    void read_urlAndVariableWithEqualValues_agree(String url, String variable, String value) {
        read("default", Map.of("DATABASE_URL", url, variable, value));

        assertThat(problems.all()).isEmpty();
    }

    @Test
    void read_urlAndVariableWithDifferentValues_isAProblemOfBoth() {
        read("default", Map.of("DATABASE_URL", "postgresql://db:5432/app", "DB_PORT", "6432"));

        Problem problem = problems.all().get(0);
        assertThat(problem.code()).isEqualTo(ProblemCode.CONFLICTING_VALUES);
        assertThat(problem.message()).isEqualTo("port in DATABASE_URL and DB_PORT have different values.");
        assertThat(problem.origins()).hasSize(2);
    }

    /** Neither value may be shown: a part of a mistyped password can become the host. */
    @Test
    void read_differentPasswords_areNotShown() {
        read("default", Map.of("DATABASE_URL", "postgresql://app:battery@db/app", "DB_PASSWORD", "staple"));

        assertThat(problems.all()).singleElement().satisfies(problem -> assertThat(problem.toString())
                .doesNotContain("battery")
                .doesNotContain("staple"));
    }

    @Test
    void read_kubernetesServiceLink_isAProblemWithItsCause() {
        assertThat(read("default", Map.of("DB_PORT", "tcp://10.0.0.7:5432"))).isEmpty();

        assertThat(Resolve.lines(problems.all()))
                .startsWith(
                        "DB_PORT is the address of a Kubernetes service, which is not a port.",
                        "From: environment variable DB_PORT");
    }

    /** The pod already has what it needs; Kubernetes sets the variable without being asked. */
    @Test
    void read_kubernetesServiceLinkBesideAUrlWithAPort_isAWarning() {
        Map<String, String> variables =
                Map.of("DB_PORT", "tcp://10.0.0.7:5432", "DATABASE_URL", "postgresql://db:5432/app");

        assertThat(read("default", variables)).extracting(RawValue::key).contains("port in DATABASE_URL");
        assertThat(problems.all()).isEmpty();
        assertThat(warnings)
                .containsExactly("DB_PORT is the address of a Kubernetes service and has no effect, because"
                        + " DATABASE_URL has a port.");
    }

    private List<RawValue> read(String name, Map<String, String> variables) {
        return new EnvironmentSource(
                        DatabaseName.of(name, Catalogue.DATABASES, problems), variables, problems, warnings)
                .read();
    }
}
