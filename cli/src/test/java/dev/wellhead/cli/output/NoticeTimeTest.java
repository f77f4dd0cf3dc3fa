package dev.wellhead.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.Databases;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NoticeTimeTest {

    @ParameterizedTest
    @CsvSource({
        "DB_PORT=5432, 'noticed within 2s by idle connections, and within 30s by statements'",
        "DB_SOCKET_TIMEOUT=15s, 'noticed within 2s by idle connections, and within 15s by statements'",
        "DB_SOCKET_TIMEOUT=5m, 'noticed within 2s by idle connections, and within 30s by statements'",
        "DB_SILENCE_CHECK_AFTER=1m, 'noticed within 2s by idle connections, and within 80s by statements'",
        "DB_SILENCE_CHECK_AFTER=0, 'noticed within 2s by idle connections, and within about 15 minutes by statements'",
        "DB_VALIDATION_TIMEOUT=2900ms, 'noticed within 2s by idle connections, and within 30s by statements'",
        "DB_VALIDATION_TIMEOUT=500ms, 'noticed within 500ms by idle connections, and within 30s by statements'"
    })
    void of_settings_isTheLongestTime(String variable, String expected) {
        Map<String, String> environment = new HashMap<>();
        environment.put(variable.split("=", -1)[0], variable.split("=", -1)[1]);

        assertThat(NoticeTime.of(Databases.resolve(environment))).isEqualTo(expected);
    }
}
