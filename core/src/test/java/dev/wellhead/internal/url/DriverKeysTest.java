package dev.wellhead.internal.url;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.internal.types.Catalogue;
import dev.wellhead.internal.types.DatabaseName;
import dev.wellhead.internal.types.Problems;
import dev.wellhead.internal.types.RawValue;
import dev.wellhead.settings.Origin;
import dev.wellhead.settings.Problem;
import dev.wellhead.settings.ProblemCode;
import dev.wellhead.settings.Setting;
import dev.wellhead.settings.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.PGProperty;

class DriverKeysTest {

    private final Problems problems = new Problems();

    private @Nullable RawValue read(String property, String text) {
        String variable = "DB_DRIVER_X";
        return DriverKeys.read(
                property,
                variable,
                text,
                Origin.Variable.of(variable),
                new DatabaseName("ledger", Catalogue.DATABASES),
                problems);
    }

    private List<String> problem() {
        assertThat(problems.all()).hasSize(1);
        Problem problem = problems.all().get(0);
        List<String> lines = new ArrayList<>(List.of(problem.message()));
        lines.addAll(problem.fixes());
        return lines;
    }

    /** Fails with a new version of the driver until its new properties are decided. */
    @ParameterizedTest
    @EnumSource(PGProperty.class)
    void property_ofTheDriver_isDecided(PGProperty property) {
        assertThat(PgjdbcParameters.all().find(property.getName())).isNotNull();
    }

    @Test
    void passedProperties_areProperties_ofTheDriver() {
        assertThat(DriverKeys.passed()).hasSizeGreaterThan(25).allSatisfy(name -> assertThat(PGProperty.forName(name))
                .as(name)
                .isNotNull());
    }

    /** The default of the driver shows the type of a property, so it has to be a value of it. */
    @Test
    void passedProperties_defaultsOfTheDriver_areValid() {
        for (String property : DriverKeys.passed()) {
            String byDefault =
                    Objects.requireNonNull(PGProperty.forName(property)).getDefaultValue();
            if (byDefault != null && !byDefault.isEmpty()) {
                assertThat(read(property, byDefault)).as(property).isNotNull();
            }
        }

        assertThat(problems.all()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "stringtype, unspecified",
        "autosave, conservative",
        "preferQueryMode, simple",
        "binaryTransfer, false",
        "binaryTransferDisable, '16,20'",
        "logServerErrorDetail, false",
        "maxResultBuffer, 10percent",
        "adaptiveFetchMaximum, -1",
        "readOnlyMode, always"
    })
    void read_passedProperty_isASettingOfItsName(String property, String text) {
        RawValue value = Objects.requireNonNull(read(property, text));

        assertThat(value.setting()).isSameAs(Settings.driver(property));
        assertThat(value.setting().name()).isEqualTo("driver." + property);
        assertThat(value.text().reveal()).isEqualTo(text);
        assertThat(problems.all()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
            stringtype           | unspecifed | 'unspecifed', which is not one of its values | Did you mean 'unspecified'?
            autosave             | maybe      | 'maybe', which is not one of its values      | Use one of: always, never, conservative.
            binaryTransfer       | yes        | 'yes', which is not one of its values        | Use one of: true, false.
            maxSendBufferSize    | 8k         | '8k', which is not a whole number in plain digits | Use a whole number from 0 to 2147483647.
            adaptiveFetchMaximum | -2         | '-2', which is not a whole number in plain digits | Use a whole number from 0 to 2147483647, or -1 for the default.
            maxResultBuffer      | much       | 'much', which is not a size                  | Write a number of bytes, such as 1000000 or 10M, or a part of the heap, such as 10p.
            """)
    void read_invalidValue_isRefusedWithTheChoices(String property, String text, String what, String fix) {
        assertThat(read(property, text)).isNull();

        assertThat(problem()).startsWith("DB_DRIVER_X is " + what + ".", fix);
    }

    @Test
    void read_settingOfWellhead_isRefusedWithTheNameOfTheSetting() {
        assertThat(read("prepareThreshold", "0")).isNull();

        assertThat(problem())
                .containsExactly(
                        "DB_DRIVER_X is not passed to the driver: prepareThreshold is a setting of Wellhead.",
                        "Set prepareThreshold (LEDGER_DB_PREPARE_THRESHOLD) instead.");
        assertThat(problems.contains(ProblemCode.UNSUPPORTED_PARAMETER)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "socketFactory",
                "sslfactory",
                "sslhostnameverifier",
                "authenticationPluginClassName",
                "xmlFactoryFactory",
                "classLoaderStrategy",
                "loggerFile",
                "service",
                "localSocketAddress",
                "cancelSignalTimeout",
                "sslResponseTimeout",
                "PGHOST",
                "password",
                "sslpassword"
            })
    void read_propertyThatWouldBreakAPromise_isRefusedWithAReason_andNotShown(String property) {
        assertThat(read(property, "s3cr3t")).isNull();

        assertThat(problems.all()).singleElement().satisfies(problem -> {
            assertThat(problem.message()).matches("DB_DRIVER_X is not (supported|passed to the driver): .*\\.");
            assertThat(problem.fixes()).isNotEmpty();
            assertThat(problem.toString()).doesNotContain("s3cr3t");
        });
    }

    @Test
    void read_unknownProperty_suggestsOneThatCanBeSet() {
        assertThat(read("stringType", "unspecified")).isNull();
        assertThat(problem())
                .containsExactly("DB_DRIVER_X is not a property of the driver.", "Did you mean driver.stringtype?");
    }

    @Test
    void read_propertyWithoutASimilarOne_namesTheList() {
        assertThat(read("zzzzzz", "1")).isNull();
        assertThat(problem())
                .containsExactly(
                        "DB_DRIVER_X is not a property of the driver.",
                        "The properties that can be set are listed in docs/driver.md.");
    }

    @ParameterizedTest
    @CsvSource({
        "STRINGTYPE, stringtype",
        "STRING_TYPE, stringtype",
        "PREFER_QUERY_MODE, preferQueryMode",
        "PREFERQUERYMODE, preferQueryMode",
        "DATABASE_METADATA_CACHE_FIELDS_MIB, databaseMetadataCacheFieldsMiB",
        "SSLFACTORY, sslfactory",
        "NOTHING,"
    })
    void propertyOf_aVariable_isFoundWithAndWithoutUnderscores(String bare, String property) {
        assertThat(DriverKeys.propertyOf(bare)).isEqualTo(property);
    }

    @Test
    void variables_ofEveryPassedProperty_leadBackToIt() {
        for (String property : DriverKeys.passed()) {
            Setting<String> setting = Settings.driver(property);

            assertThat(setting.driverProperty()).contains(property);
            assertThat(DriverKeys.propertyOf(setting.variable().substring("DB_DRIVER_".length())))
                    .isEqualTo(property);
        }
    }
}
