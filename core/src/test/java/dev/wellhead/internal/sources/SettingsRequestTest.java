package dev.wellhead.internal.sources;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.internal.types.RawValue;
import dev.wellhead.settings.Settings;
import dev.wellhead.tls.TrustAnchorsProvider;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SettingsRequestTest {

    private final SettingsRequest request = SettingsRequest.of("ledger", Map.of("LEDGER_DB_PASSWORD", "horse"));

    @Test
    void of_environment_readsNothingOfThisProcess() {
        assertThat(request.properties()).isEmpty();
        assertThat(request.program()).isNull();
        assertThat(request.hostName()).isNull();
        assertThat(request.areCredentialsSupplied()).isFalse();
    }

    @Test
    void of_environmentChangedLater_keepsItsVariables() {
        Map<String, String> environment = new HashMap<>(Map.of("DB_HOST", "db"));
        SettingsRequest copied = SettingsRequest.of("default", environment);

        environment.clear();

        assertThat(copied.variables()).containsOnly(Map.entry("DB_HOST", "db"));
    }

    @Test
    void ofProcess_any_readsItsVariables() {
        Map<String, String> variables = new HashMap<>(System.getenv());
        // it is replaced if it is blank
        variables.remove("HOME");

        assertThat(SettingsRequest.ofProcess("default").variables()).containsAllEntriesOf(variables);
    }

    @Test
    void with_sameSettingTwice_keepsTheLaterValue() {
        SettingsRequest changed =
                request.with(Settings.HOST, "one").with(Settings.PORT, "6432").with(Settings.HOST, "two");

        assertThat(changed.overrides())
                .extracting(RawValue::setting, value -> value.text().reveal())
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(Settings.PORT, "6432"),
                        org.assertj.core.groups.Tuple.tuple(Settings.HOST, "two"));
        assertThat(request.overrides()).isEmpty();
    }

    @Test
    void with_trustAnchors_keepsTheirOrder() {
        TrustAnchorsProvider first = host -> Optional.empty();
        TrustAnchorsProvider second = host -> Optional.empty();

        assertThat(request.with(first).with(second).trustAnchors()).isEqualTo(List.of(first, second));
        assertThat(request.trustAnchors()).isEmpty();
    }

    @Test
    void credentialsSupplied_request_keepsTheRest() {
        SettingsRequest supplied = request.with(Settings.HOST, "db").credentialsSupplied();

        assertThat(supplied.areCredentialsSupplied()).isTrue();
        assertThat(supplied.overrides()).hasSize(1);
        assertThat(supplied.name()).isEqualTo("ledger");
    }

    @Test
    void toString_request_hasOnlyTheName() {
        assertThat(request).hasToString("SettingsRequest[ledger]");
    }
}
