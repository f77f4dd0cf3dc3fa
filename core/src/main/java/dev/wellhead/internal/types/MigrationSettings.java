package dev.wellhead.internal.types;

import dev.wellhead.settings.Setting;
import dev.wellhead.settings.Settings;
import java.util.HashMap;
import java.util.Map;

/** The settings {@code migration.*}, each of which replaces a setting of the database while it is migrated. */
public final class MigrationSettings {

    /** The start of their names. */
    public static final String PREFIX = "migration.";

    private static final Map<Setting<?>, Setting<?>> REPLACED = Map.ofEntries(
            Map.entry(Settings.MIGRATION_USER, Settings.USER),
            Map.entry(Settings.MIGRATION_PASSWORD, Settings.PASSWORD),
            Map.entry(Settings.MIGRATION_PASSWORD_FILE, Settings.PASSWORD_FILE),
            Map.entry(Settings.MIGRATION_PASSWORD_COMMAND, Settings.PASSWORD_COMMAND),
            Map.entry(Settings.MIGRATION_SECRET_FILE, Settings.SECRET_FILE),
            Map.entry(Settings.MIGRATION_SECRET_ID, Settings.SECRET_ID),
            Map.entry(Settings.MIGRATION_AUTH, Settings.AUTH),
            Map.entry(Settings.MIGRATION_HOST, Settings.HOST),
            Map.entry(Settings.MIGRATION_PORT, Settings.PORT),
            Map.entry(Settings.MIGRATION_STATEMENT_TIMEOUT, Settings.STATEMENT_TIMEOUT),
            Map.entry(Settings.MIGRATION_LOCK_TIMEOUT, Settings.LOCK_TIMEOUT));

    private static final Map<Setting<?>, Setting<?>> REPLACING = new HashMap<>();

    static {
        REPLACED.forEach((own, replaced) -> REPLACING.put(replaced, own));
    }

    private MigrationSettings() {}

    /** {@return whether this is a setting only of migrations} */
    public static boolean isOne(Setting<?> setting) {
        return setting.name().startsWith(PREFIX);
    }

    /** {@return the setting that {@code setting} replaces; itself if it replaces none} */
    public static Setting<?> replacedBy(Setting<?> setting) {
        return isOne(setting) ? REPLACED.getOrDefault(setting, setting) : setting;
    }

    /** {@return the setting of migrations that replaces {@code setting}; itself if there is none} */
    public static Setting<?> replacing(Setting<?> setting) {
        return REPLACING.getOrDefault(setting, setting);
    }
}
