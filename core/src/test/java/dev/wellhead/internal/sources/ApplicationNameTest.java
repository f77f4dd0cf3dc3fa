package dev.wellhead.internal.sources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.wellhead.internal.resolve.Resolve;
import dev.wellhead.internal.types.RawValue;
import dev.wellhead.settings.Origin;
import dev.wellhead.settings.ResolvedSetting;
import dev.wellhead.settings.Settings;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ApplicationNameTest {

    static Stream<Arguments> names() {
        return Stream.of(
                arguments(
                        "OTEL_SERVICE_NAME=ledger HOSTNAME=pod-1",
                        "ledger@pod-1",
                        "from OTEL_SERVICE_NAME and the host name"),
                arguments("OTEL_SERVICE_NAME=ledger", "ledger", "from OTEL_SERVICE_NAME"),
                arguments("HOSTNAME=pod-1", "wellhead@pod-1", "from the name of the library and the host name"),
                arguments("COMPUTERNAME=PC", "wellhead@PC", "from the name of the library and the host name"),
                arguments("OTEL_SERVICE_NAME= HOSTNAME=", "wellhead", "from the name of the library"));
    }

    @ParameterizedTest
    @MethodSource("names")
    void name_unset_identifiesServiceAndHost(String variables, String name, String origin) {
        ResolvedSetting resolved =
                Resolve.settings(variables).explain(Settings.APPLICATION_NAME).orElseThrow();

        assertThat(resolved.value()).isEqualTo(name);
        assertThat(resolved.origin()).isEqualTo(new Origin.Derived(origin));
    }

    @Test
    void name_set_overridesTheDerivedName() {
        assertThat(Resolve.settings("DB_APPLICATION_NAME=mine OTEL_SERVICE_NAME=ledger")
                        .get(Settings.APPLICATION_NAME))
                .isEqualTo("mine");
        assertThat(Resolve.settings("PGAPPNAME=mine OTEL_SERVICE_NAME=ledger").get(Settings.APPLICATION_NAME))
                .isEqualTo("mine");
    }

    @ParameterizedTest
    @CsvSource({
        "a, 70, 63",
        "a, 63, 63",
        "é, 40, 31",
        "☃, 22, 21",
        "😀, 20, 15",
    })
    void name_tooLong_isCutAtAWholeCharacter(String character, int count, int left) {
        String cut = ApplicationName.cut(character.repeat(count));

        assertThat(cut).isEqualTo(character.repeat(left));
    }

    @Test
    void name_withControlCharacters_hasNone() {
        RawValue name = ApplicationName.derive(SettingsRequest.of("default", Map.of("OTEL_SERVICE_NAME", "a\0b\nc")));

        assertThat(name.text().reveal()).isEqualTo("a?b?c");
    }

    @ParameterizedTest
    @CsvSource({
        "org.example.Ledger --serve, Ledger",
        "org.example.Ledger, Ledger",
        "/opt/app/ledger.jar --serve, ledger",
        "C:\\app\\ledger.jar, ledger",
        "module/org.example.Ledger, Ledger",
        "'', "
    })
    void program_ofACommand_isItsMainClassOrJar(String command, String program) {
        assertThat(ProcessEnvironment.program(command)).isEqualTo(program);
    }

    @Test
    void request_ofThisProcess_readsItsVariables() {
        SettingsRequest request = SettingsRequest.ofProcess("default");

        assertThat(request.variables()).containsAllEntriesOf(System.getenv());
        assertThat(request.toString()).isEqualTo("SettingsRequest[default]");
    }
}
