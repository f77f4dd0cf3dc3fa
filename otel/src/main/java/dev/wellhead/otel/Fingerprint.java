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

/** Tells whether two databases run with the same settings. What is sensitive is not part of it, hashed or not. */
final class Fingerprint {

    private static final int BYTES = 4;

    private Fingerprint() {}

    static String of(DatabaseSettings settings) {
        Set<String> leftOut = new HashSet<>();
        for (Setting<?> setting : Settings.all()) {
            if (setting.isSensitive()) {
                leftOut.add(setting.name());
            }
        }
        // differs from one instance to the next, as it should
        leftOut.add(Settings.APPLICATION_NAME.name());
        MessageDigest digest = digest();
        for (ResolvedSetting setting : settings.all()) {
            if (!leftOut.contains(setting.name())) {
                String line = setting.name() + '=' + setting.value() + '\n';
                digest.update(line.getBytes(StandardCharsets.UTF_8));
            }
        }
        return HexFormat.of().formatHex(digest.digest(), 0, BYTES);
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
