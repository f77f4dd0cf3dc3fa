package dev.wellhead.internal.resolve;

import dev.wellhead.internal.sources.SourceContents;
import dev.wellhead.internal.types.MigrationSettings;
import dev.wellhead.internal.types.RawValue;
import dev.wellhead.settings.Setting;
import dev.wellhead.settings.Settings;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The contents of the sources as they apply to migrations: the settings {@code migration.*} take the place of those that
 * they replace, so that the same rules decide both.
 */
final class MigrationContents {

    /** A password belongs to one role. So if one of these is set for migrations, none of the database applies. */
    private static final Set<Setting<?>> LOGIN = Set.of(
            Settings.USER,
            Settings.PASSWORD,
            Settings.PASSWORD_FILE,
            Settings.PASSWORD_COMMAND,
            Settings.SECRET_FILE,
            Settings.SECRET_ID,
            Settings.AUTH);

    /** These belong to the server of the database, or to its pooler. */
    private static final Set<Setting<?>> SERVER = Set.of(
            Settings.HOST,
            Settings.PORT,
            Settings.POOLER,
            Settings.READER_HOST,
            Settings.READER_PORT,
            Settings.IAM_HOST,
            Settings.IAM_PORT);

    /** A limit or a mode that suits the statements of a service would end a migration. */
    private static final Set<Setting<?>> SESSION = Set.of(
            Settings.STATEMENT_TIMEOUT,
            Settings.IDLE_IN_TRANSACTION_SESSION_TIMEOUT,
            Settings.SOCKET_TIMEOUT,
            Settings.READ_ONLY,
            Settings.AUTO_COMMIT,
            Settings.TRANSACTION_ISOLATION,
            Settings.TARGET_SERVER_TYPE);

    private final SourceContents contents;

    /** The settings of the database that are set for migrations. */
    private final Set<Setting<?>> own = new HashSet<>();

    private MigrationContents(SourceContents contents, boolean isServerStarted) {
        this.contents = contents;
        for (RawValue value : contents.values()) {
            Setting<?> replaced = MigrationSettings.replacedBy(value.setting());
            boolean isOfAnotherServer = isServerStarted && (LOGIN.contains(replaced) || SERVER.contains(replaced));
            if (MigrationSettings.isOne(value.setting()) && !isOfAnotherServer) {
                own.add(replaced);
            }
        }
    }

    /**
     * {@return the contents for migrations}
     *
     * @param isServerStarted whether a local database was started, which does not have the role for migrations: its user
     *     owns it
     */
    static SourceContents of(SourceContents contents, boolean isServerStarted) {
        return new MigrationContents(contents, isServerStarted).replaced();
    }

    /** {@return whether migrations have a role of their own, as in {@link #of}} */
    static boolean hasLogin(SourceContents contents, boolean isServerStarted) {
        return new MigrationContents(contents, isServerStarted).hasOwnLogin();
    }

    private boolean hasOwnLogin() {
        return own.stream().anyMatch(LOGIN::contains);
    }

    /** {@return whether a source of a password, or a way to log in, is set, and not only the user} */
    private boolean hasOwnSource() {
        return own.stream().anyMatch(setting -> setting != Settings.USER && LOGIN.contains(setting));
    }

    private SourceContents replaced() {
        Set<Setting<?>> dropped = new HashSet<>(SESSION);
        dropped.addAll(own);
        Set<Setting<?>> named = new HashSet<>();
        named.add(Settings.STATEMENT_TIMEOUT);
        named.addAll(own);
        if (hasOwnLogin()) {
            dropped.addAll(LOGIN);
            named.addAll(LOGIN);
            if (!hasOwnSource()) {
                // without a password, the role logs in as that of the database does: with a token or a certificate
                dropped.remove(Settings.AUTH);
            }
        }
        if (own.contains(Settings.HOST) || own.contains(Settings.PORT)) {
            dropped.addAll(SERVER);
            named.add(Settings.PORT);
            if (!own.contains(Settings.HOST)) {
                dropped.remove(Settings.HOST);
            }
        }
        List<RawValue> values = new ArrayList<>();
        for (RawValue value : contents.values()) {
            Setting<?> replaced = MigrationSettings.replacedBy(value.setting());
            if (MigrationSettings.isOne(value.setting()) && own.contains(replaced)) {
                values.add(new RawValue(replaced, value.text(), value.origin(), value.file()));
            } else if (!MigrationSettings.isOne(value.setting()) && !dropped.contains(value.setting())) {
                values.add(value);
            }
        }
        return contents.forMigrations(
                contents.name().forMigrations(named), values, contents.credentialsSupplied() && !hasOwnLogin());
    }
}
