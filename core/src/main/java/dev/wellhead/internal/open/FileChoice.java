package dev.wellhead.internal.open;

import dev.wellhead.credentials.CredentialsProvider;
import dev.wellhead.internal.credentials.FileCredentials;
import dev.wellhead.internal.secret.SecretKeys;
import dev.wellhead.internal.types.SettingReference;
import dev.wellhead.settings.CredentialsSource;
import dev.wellhead.settings.DatabaseSettings;
import dev.wellhead.settings.Origin;
import dev.wellhead.settings.ResolvedSetting;
import dev.wellhead.settings.Setting;
import dev.wellhead.settings.Settings;
import java.nio.file.Path;

/** Creates the provider of credentials that are in files. Messages about a file name the setting that names it. */
final class FileChoice {

    private final DatabaseSettings settings;

    FileChoice(DatabaseSettings settings) {
        this.settings = settings;
    }

    /** {@return a provider for a password file or a secret file} */
    CredentialsProvider provider(CredentialsSource source) {
        if (source instanceof CredentialsSource.SecretFile secret) {
            return FileCredentials.secretFile(
                    secret.file(),
                    named(Settings.SECRET_FILE, Settings.PASSWORD),
                    SecretKeys.of(settings),
                    secret.user(),
                    SettingReference.of(settings, Settings.USER));
        }
        CredentialsSource.PasswordFile file = (CredentialsSource.PasswordFile) source;
        String passwordSetting = named(Settings.PASSWORD_FILE, Settings.PASSWORD);
        Path userFile = file.userFile();
        return userFile == null
                ? FileCredentials.passwordFile(file.user(), file.file(), passwordSetting)
                : FileCredentials.userAndPasswordFiles(
                        userFile, named(Settings.USER, Settings.USER), file.file(), passwordSetting);
    }

    /** {@return what names the file: the setting of its path, or else the place of the value that it contains} */
    private String named(Setting<?> ofPath, Setting<?> ofContent) {
        Origin origin = settings.explain(ofContent).map(ResolvedSetting::origin).orElse(null);
        if (origin instanceof Origin.ValueFile file) {
            return file.variable();
        }
        return origin instanceof Origin.ServiceBinding binding
                ? binding.description()
                : SettingReference.atStart(settings, ofPath);
    }
}
