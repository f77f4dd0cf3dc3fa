package dev.wellhead.examples.ledger;

import dev.wellhead.settings.DatabaseSettings;
import dev.wellhead.settings.Origin;
import dev.wellhead.settings.ResolvedSetting;
import java.util.List;

/**
 * Formats the resolved settings as an aligned table: name, value, origin, and the values it overrode. Overridden defaults
 * are omitted.
 */
final class SettingsTable {

    private static final int WIDEST_VALUE = 44;

    private SettingsTable() {}

    static String of(DatabaseSettings settings) {
        return of(settings.all());
    }

    static String of(List<ResolvedSetting> settings) {
        int name = 0;
        int value = 0;
        for (ResolvedSetting setting : settings) {
            name = Math.max(name, setting.name().length());
            value = Math.max(value, Math.min(WIDEST_VALUE, setting.value().length()));
            for (ResolvedSetting.Shadowed overridden : overridden(setting)) {
                value = Math.max(
                        value, Math.min(WIDEST_VALUE, overridden.value().length()));
            }
        }
        StringBuilder table = new StringBuilder();
        for (ResolvedSetting setting : settings) {
            row(
                    table,
                    name,
                    setting.name(),
                    value,
                    setting.value(),
                    setting.origin().description());
            for (ResolvedSetting.Shadowed overridden : overridden(setting)) {
                row(
                        table,
                        name,
                        "",
                        value,
                        overridden.value(),
                        overridden.origin().description() + " (overridden)");
            }
        }
        return table.toString();
    }

    private static List<ResolvedSetting.Shadowed> overridden(ResolvedSetting setting) {
        return setting.shadowed().stream()
                .filter(overridden -> overridden.origin().kind() != Origin.Kind.DEFAULT)
                .toList();
    }

    private static void row(
            StringBuilder table, int nameWidth, String name, int valueWidth, String value, String origin) {
        pad(table.append("  "), name, nameWidth + 2);
        pad(table, value, valueWidth + 2);
        table.append(origin).append(System.lineSeparator());
    }

    private static void pad(StringBuilder table, String text, int width) {
        table.append(text).append(" ".repeat(Math.max(1, width - text.length())));
    }
}
