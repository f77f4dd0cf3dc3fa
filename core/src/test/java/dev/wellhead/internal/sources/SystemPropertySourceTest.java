package dev.wellhead.internal.sources;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.internal.types.Catalogue;
import dev.wellhead.internal.types.DatabaseName;
import dev.wellhead.internal.types.Problems;
import dev.wellhead.internal.types.RawValue;
import dev.wellhead.settings.Origin;
import dev.wellhead.settings.Problem;
import dev.wellhead.settings.ProblemCode;
import dev.wellhead.settings.Settings;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SystemPropertySourceTest {

    private final Problems problems = new Problems();

    private List<RawValue> read(String name, Map<String, String> properties) {
        return new SystemPropertySource(new DatabaseName(name, Catalogue.DATABASES), problems).read(properties);
    }

    @Test
    void property_ofTheDatabase_isRead() {
        assertThat(read("default", Map.of("wellhead.databases.default.host", "db")))
                .containsExactly(
                        RawValue.of(Settings.HOST, "db", new Origin.SystemProperty("wellhead.databases.default.host")));
    }

    @Test
    void property_ofAnotherDatabaseOrBlank_isNot() {
        assertThat(read(
                        "ledger",
                        Map.of(
                                "wellhead.databases.default.host", "db",
                                "wellhead.databases.ledger-eu.host", "db",
                                "wellhead.databases.ledger.host", " ")))
                .isEmpty();
        assertThat(problems.all()).isEmpty();
    }

    @Test
    void property_unknown_isAProblemWithTheNearest() {
        read("ledger", Map.of("wellhead.databases.ledger.maximumPoolSiz", "5"));

        assertThat(problems.all())
                .containsExactly(Problem.of(
                        ProblemCode.UNKNOWN_SETTING,
                        "wellhead.databases.ledger.maximumPoolSiz",
                        "wellhead.databases.ledger.maximumPoolSiz is not a setting.",
                        List.of(new Origin.SystemProperty("wellhead.databases.ledger.maximumPoolSiz")),
                        List.of("Did you mean wellhead.databases.ledger.maximumPoolSize?")));
    }

    @Test
    void property_unknownAndNotSimilar_isAProblem() {
        read("default", Map.of("wellhead.databases.default.fluxCapacitor", "5"));

        assertThat(problems.all())
                .extracting(Problem::fixes)
                .containsExactly(List.of("Remove it; the settings are listed in docs/settings.md."));
    }

    @ParameterizedTest
    @ValueSource(strings = {"wellhead.database.default.host", "wellhead.databases.host", "wellhead.host"})
    void property_outsideOfTheBlock_isAProblemWithItsPlace(String key) {
        assertThat(read("default", Map.of(key, "db"))).isEmpty();

        assertThat(problems.all()).singleElement().satisfies(problem -> {
            assertThat(problem.message()).isEqualTo(key + " is not a setting.");
            assertThat(problem.fixes()).containsExactly("Did you mean wellhead.databases.default.host?");
        });
    }
}
