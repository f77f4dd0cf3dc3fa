package dev.wellhead.otel;

import dev.wellhead.settings.DatabaseSettings;
import dev.wellhead.settings.ResolvedSetting;
import dev.wellhead.settings.Setting;
import dev.wellhead.settings.Settings;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;

/** A short hash by which instances with different settings can be found. It does not include sensitive settings. */
final class SettingsFingerprint {

    private static final int BYTES = 4;

    private SettingsFingerprint() {}

    static String of(DatabaseSettings settings) {
        Set<String> excluded = new HashSet<>();
        for (Setting<?> setting : Settings.all()) {
            if (setting.isSensitive()) {
                excluded.add(setting.name());
            }
        }
        // often contains the name of the instance
        excluded.add(Settings.APPLICATION_NAME.name());
        MessageDigest digest = sha256();
        for (ResolvedSetting setting : settings.all()) {
            if (!excluded.contains(setting.name())) {
                String line = setting.name() + '=' + setting.value() + '\n';
                digest.update(line.getBytes(StandardCharsets.UTF_8));
            }
        }
        return HexFormat.of().formatHex(digest.digest(), 0, BYTES);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform is required to support SHA-256", e);
        }
    }
}
