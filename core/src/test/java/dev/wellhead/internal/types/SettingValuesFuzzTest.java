package dev.wellhead.internal.types;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.wellhead.settings.CommandLine;
import dev.wellhead.settings.Setting;
import dev.wellhead.settings.Settings;
import dev.wellhead.testkit.ShownText;
import dev.wellhead.tls.FileOrPem;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Parses any text as the value of every setting in the catalogue. */
class SettingValuesFuzzTest {

    @FuzzTest
    void value_anyText_isParsedAndFormattedToTheSameValueOrRefused(byte[] input) {
        String text = new String(input, StandardCharsets.UTF_8);
        for (Setting<?> setting : Settings.all()) {
            check(setting, text);
        }
    }

    private static void check(Setting<?> setting, String text) {
        Object value;
        try {
            value = SettingValues.parse(setting, text);
        } catch (InvalidValueException e) {
            ShownText.requireHarmless(e);
            ShownText.requireHarmless(List.of(e.fixes()));
            return;
        }
        String formatted = SettingValues.format(value);
        if (setting.isSensitive()
                || (value instanceof FileOrPem source && source.pem().isPresent())) {
            ShownText.requireHarmless(formatted);
            return;
        }
        if (value instanceof CommandLine command) {
            // its arguments are not shown
            formatted = CommandValues.text(command.words());
        }
        try {
            Object again = SettingValues.parse(setting, formatted);
            if (!again.equals(value)) {
                throw new AssertionError(setting.name() + ": " + value + " became " + again);
            }
        } catch (InvalidValueException e) {
            throw new AssertionError(setting.name() + ": " + formatted + " is refused", e);
        }
    }
}
