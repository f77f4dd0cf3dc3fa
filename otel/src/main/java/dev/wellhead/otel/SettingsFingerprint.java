package dev.wellhead.otel;

import dev.wellhead.settings.DatabaseSettings;
import dev.wellhead.settings.ResolvedSetting;
import dev.wellhead.settings.Setting;
import dev.wellhead.settings.Settings;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;
import java.util.zip.CRC32;

/** A checksum by which instances with different settings can be found. It does not include sensitive settings. */
final class SettingsFingerprint {

    private SettingsFingerprint() {}

    /** {@return eight hexadecimal digits} */
    static String of(DatabaseSettings settings) {
        Set<String> excluded = new HashSet<>();
        for (Setting<?> setting : Settings.all()) {
            if (setting.isSensitive()) {
                excluded.add(setting.name());
            }
        }
        // often contains the name of the instance
        excluded.add(Settings.APPLICATION_NAME.name());
        CRC32 checksum = new CRC32();
        for (ResolvedSetting setting : settings.all()) {
            if (!excluded.contains(setting.name())) {
                String line = setting.name() + '=' + setting.value() + '\n';
                checksum.update(line.getBytes(StandardCharsets.UTF_8));
            }
        }
        return HexFormat.of().toHexDigits((int) checksum.getValue());
    }
}
