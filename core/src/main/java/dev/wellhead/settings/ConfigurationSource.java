package dev.wellhead.settings;

import java.util.List;

final class ConfigurationSource {
    ConfigurationSource(DatabaseName name, SettingsRequest request, Problems problems) {}

    List<RawValue> read() {
        return List.of();
    }
}
