package dev.wellhead.internal.resolve;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.wellhead.internal.sources.SettingsRequest;
import dev.wellhead.settings.ConfigurationException;
import dev.wellhead.settings.DatabaseSettings;
import dev.wellhead.testkit.ShownText;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;

/** Resolves any environment: each line of the input is {@code NAME=value}. */
class EnvironmentFuzzTest {

    @TempDir
    static Path home;

    @FuzzTest
    void environment_anyVariables_isResolvedOrRefusedWithoutShowingSensitiveValues(byte[] input) {
        Map<String, String> environment = environment(new String(input, StandardCharsets.UTF_8));
        try {
            DatabaseSettings settings = SettingsResolver.resolve(SettingsRequest.of("default", environment));
            ShownText.requireHarmless(settings);
            ShownText.requireHarmless(settings.warnings());
            ShownText.requireHarmless(settings.all());
        } catch (ConfigurationException e) {
            ShownText.requireHarmless(e);
            ShownText.requireHarmless(e.problems());
            ShownText.requireHarmless(e.settings());
        }
    }

    private static Map<String, String> environment(String lines) {
        Map<String, String> environment = new HashMap<>();
        for (String line : lines.split("\n", -1)) {
            int equals = line.indexOf('=');
            String name = equals < 0 ? "" : line.substring(0, equals);
            if (isPassword(name)) {
                environment.put(name, ShownText.MARK + line.substring(equals + 1));
            } else if (equals > 0 && !ShownText.showsMark(line)) {
                environment.put(name, line.substring(equals + 1));
            }
        }
        environment.put("HOME", home.toString());
        return environment;
    }

    private static boolean isPassword(String name) {
        return name.equals("DB_PASSWORD") || name.equals("DB_SSLPASSWORD") || name.equals("PGPASSWORD");
    }
}
