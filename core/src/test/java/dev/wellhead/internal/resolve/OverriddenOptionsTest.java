package dev.wellhead.internal.resolve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.internal.sources.SettingsRequest;
import dev.wellhead.settings.DatabaseSettings;
import dev.wellhead.settings.Origin;
import dev.wellhead.settings.ResolvedSetting;
import dev.wellhead.settings.Settings;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OverriddenOptionsTest {

    private static DatabaseSettings resolve(String variable, String options) {
        return Resolve.settings(SettingsRequest.of("default", Map.of(variable, options)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            -c timezone=UTC                                 | UTC
            -c TimeZone=Europe/Berlin                       | Europe/Berlin
            -ctimezone=UTC                                  | UTC
            --timezone=UTC                                  | UTC
            -c work_mem=8MB -c timezone=UTC -c geqo=off     | UTC
            -c timezone=UTC -c timezone=Asia/Tokyo          | Asia/Tokyo
            -c timezone=America/North\\ Dakota              | America/North Dakota
            """)
    void timeZone_inTheOptions_isTheSettingAsInLibpq(String options, String zone) {
        DatabaseSettings settings = resolve("PGOPTIONS", options);

        assertThat(settings.find(Settings.TIME_ZONE)).contains(zone);
        assertThat(settings.explain(Settings.TIME_ZONE).map(ResolvedSetting::origin))
                .contains(new Origin.Derived("follows from PGOPTIONS"));
    }

    @Test
    void timeZone_thatIsAlsoSet_isTheSetting() {
        DatabaseSettings settings = Resolve.settings(
                SettingsRequest.of("default", Map.of("PGTZ", "Asia/Tokyo", "PGOPTIONS", "-c timezone=UTC")));

        assertThat(settings.find(Settings.TIME_ZONE)).contains("Asia/Tokyo");
    }

    @Test
    void applicationName_inTheOptions_replacesTheDerivedOne() {
        assertThat(resolve("DB_OPTIONS", "-c application_name=mine").find(Settings.APPLICATION_NAME))
                .contains("mine");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            -c DateStyle=German          | datestyle        | ISO
            -c client_encoding=LATIN1    | client_encoding  | UTF8
            """)
    void option_thatTheDriverCannotUse_isRefused(String options, String option, String required) {
        assertThat(Resolve.lines(Resolve.problems(SettingsRequest.of("default", Map.of("DB_OPTIONS", options)))))
                .containsExactly(
                        "DB_OPTIONS sets " + option + ", but the driver supports only " + required + ".",
                        "From: environment variable DB_OPTIONS",
                        "Remove the option " + option + ".");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            -c datestyle=ISO,DMY -c client_encoding=UTF-8
            -c work_mem=8MB
            endpoint=ep-x
            -c
            timezone=UTC
            """)
    void option_withoutEffectOnTheDriver_isKept(String options) {
        DatabaseSettings settings = resolve("DB_OPTIONS", options);

        assertThat(settings.find(Settings.OPTIONS)).contains(options);
        assertThat(settings.find(Settings.TIME_ZONE)).isEmpty();
    }
}
