package dev.wellhead.internal.resolve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.wellhead.internal.types.InvalidValueException;
import dev.wellhead.internal.types.SettingValues;
import dev.wellhead.settings.Profile;
import dev.wellhead.settings.Setting;
import dev.wellhead.settings.Settings;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SettingsTest {

    static Stream<Setting<?>> all() {
        return Settings.all().stream();
    }

    @Test
    void all_holdsEveryConstantOnce() throws IllegalAccessException {
        List<Object> constants = new ArrayList<>();
        for (Field field : Settings.class.getFields()) {
            if (Modifier.isStatic(field.getModifiers()) && field.getType() == Setting.class) {
                constants.add(field.get(null));
            }
        }

        assertThat(Settings.all()).containsExactlyInAnyOrderElementsOf(cast(constants));
    }

    @SuppressWarnings("unchecked")
    private static List<Setting<?>> cast(List<Object> constants) {
        return (List<Setting<?>>) (List<?>) constants;
    }

    @Test
    void names_variablesAndLibpqNames_areUnique() {
        Set<String> seen = new HashSet<>();

        for (Setting<?> setting : Settings.all()) {
            assertThat(seen.add(setting.name())).as(setting.name()).isTrue();
            assertThat(seen.add(setting.variable())).as(setting.variable()).isTrue();
            setting.libpqName()
                    .ifPresent(name ->
                            assertThat(seen.add("libpq " + name)).as(name).isTrue());
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void defaults_areValues(Setting<?> setting) throws InvalidValueException {
        for (Profile profile : Profile.values()) {
            Optional<String> text = setting.defaultIn(profile);
            if (text.isPresent()) {
                assertThat(format(setting, text.get())).isEqualTo(setting.isSensitive() ? "<redacted>" : text.get());
            }
        }
    }

    private static String format(Setting<?> setting, String text) throws InvalidValueException {
        return SettingValues.format(SettingValues.parse(setting, text));
    }

    static Stream<Arguments> pinned() {
        return Stream.of(
                arguments(Settings.HOST, "localhost", null),
                arguments(Settings.PORT, "5432", "5432"),
                arguments(Settings.NAME, "monorepo_dev", null),
                arguments(Settings.USER, "postgres", null),
                arguments(Settings.PASSWORD, "postgres", null),
                arguments(Settings.AUTH, "password", "password"),
                arguments(Settings.SSLMODE, null, null),
                arguments(Settings.CONNECT_TIMEOUT, "10s", "10s"),
                arguments(Settings.STARTUP_TIMEOUT, "0s", "0s"),
                arguments(Settings.SOCKET_TIMEOUT, "0s", "0s"),
                arguments(Settings.MAXIMUM_POOL_SIZE, "10", "10"),
                arguments(Settings.MINIMUM_IDLE, null, null),
                arguments(Settings.CONNECTION_TIMEOUT, "30s", "30s"),
                arguments(Settings.VALIDATION_TIMEOUT, "2s", "2s"),
                arguments(Settings.SILENCE_CHECK_AFTER, "10s", "10s"),
                arguments(Settings.KEEPALIVES_IDLE, "0s", "10s"),
                arguments(Settings.KEEPALIVES_INTERVAL, "0s", "5s"),
                arguments(Settings.KEEPALIVES_COUNT, "0", "3"),
                arguments(Settings.IDLE_TIMEOUT, "10m", "10m"),
                arguments(Settings.MAX_LIFETIME, "30m", "30m"),
                arguments(Settings.KEEPALIVE_TIME, "2m", "2m"),
                arguments(Settings.LEAK_DETECTION_THRESHOLD, "0s", "0s"),
                arguments(Settings.PREPARE_THRESHOLD, "5", "5"));
    }

    @ParameterizedTest(name = "{0}: {1} in local, {2} in strict environments")
    @MethodSource("pinned")
    void default_ofASetting_isPinned(Setting<?> setting, String local, String strict) {
        assertThat(setting.defaultIn(Profile.LOCAL)).isEqualTo(Optional.ofNullable(local));
        assertThat(setting.defaultIn(Profile.TEST)).isEqualTo(Optional.ofNullable(local));
        assertThat(setting.defaultIn(Profile.STRICT)).isEqualTo(Optional.ofNullable(strict));
    }

    @Test
    void variable_ofACamelCaseName_hasUnderscores() {
        assertThat(Settings.MAXIMUM_POOL_SIZE.variable()).isEqualTo("DB_MAXIMUM_POOL_SIZE");
        assertThat(Settings.SSLROOTCERT.variable()).isEqualTo("DB_SSLROOTCERT");
        assertThat(Settings.IDLE_IN_TRANSACTION_SESSION_TIMEOUT.variable())
                .isEqualTo("DB_IDLE_IN_TRANSACTION_SESSION_TIMEOUT");
    }

    @Test
    void passwords_areSensitive_andOnlyThey() {
        assertThat(Settings.all())
                .filteredOn(Setting::isSensitive)
                .containsExactly(Settings.PASSWORD, Settings.MIGRATION_PASSWORD, Settings.SSLPASSWORD);
    }
}
