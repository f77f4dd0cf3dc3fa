package dev.wellhead.internal.metrics;

import dev.wellhead.settings.DatabaseSettings;
import dev.wellhead.settings.ResolvedSetting;
import dev.wellhead.settings.Settings;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.zip.CRC32;

/** A checksum by which instances with different settings can be found. Sensitive values are redacted before. */
public final class SettingsFingerprint {

    private SettingsFingerprint() {}

    /** {@return eight hexadecimal digits} */
    public static String of(DatabaseSettings settings) {
        CRC32 checksum = new CRC32();
        for (ResolvedSetting setting : settings.all()) {
            // applicationName often contains the name of the instance
            if (!setting.name().equals(Settings.APPLICATION_NAME.name())) {
                String line = setting.name() + '=' + setting.value() + '\n';
                checksum.update(line.getBytes(StandardCharsets.UTF_8));
            }
        }
        return HexFormat.of().toHexDigits((int) checksum.getValue());
    }
}
