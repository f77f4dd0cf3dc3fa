package dev.wellhead.internal.open;

import dev.wellhead.credentials.CredentialsException;
import dev.wellhead.credentials.CredentialsProvider;
import dev.wellhead.credentials.CredentialsSet;
import dev.wellhead.credentials.LoginTarget;
import dev.wellhead.internal.connect.tls.TlsContext;
import dev.wellhead.internal.connect.tls.TlsMaterialException;
import dev.wellhead.internal.resolve.SettingsCompletion;
import dev.wellhead.settings.ConfigurationException;
import dev.wellhead.settings.CredentialsSource;
import dev.wellhead.settings.DatabaseSettings;
import dev.wellhead.settings.Origin;
import dev.wellhead.settings.Problem;
import dev.wellhead.settings.ProblemCode;
import dev.wellhead.settings.Setting;
import dev.wellhead.settings.Settings;
import dev.wellhead.tls.SslMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the files that a database needs: those of the credentials, of the root certificates and of the client
 * certificate. Opening a database reads them as well; this class finds the problems without a connection.
 */
public final class LocalFiles {

    private static final Duration BUDGET = Duration.ofSeconds(5);

    /** The server is not known yet, and no file of this class depends on it. */
    private static final LoginTarget NO_SERVER = new LoginTarget("", 0);

    private final List<Problem> problems = new ArrayList<>(0);
    private DatabaseSettings settings;

    private LocalFiles(DatabaseSettings settings) {
        this.settings = settings;
    }

    /** {@return the result of reading the files now} */
    public static LocalFiles read(DatabaseSettings settings) {
        LocalFiles files = new LocalFiles(settings);
        files.readCredentials();
        files.readCertificates();
        return files;
    }

    /** {@return the settings, completed by the server that a secret file names} */
    public DatabaseSettings settings() {
        return settings;
    }

    /** {@return what is wrong with the files; empty if all of them can be used} */
    public List<Problem> problems() {
        return List.copyOf(problems);
    }

    private void readCredentials() {
        CredentialsSource source = settings.credentialsSource();
        boolean isSecret = source instanceof CredentialsSource.SecretFile;
        if (!isSecret && !(source instanceof CredentialsSource.PasswordFile)) {
            return;
        }
        try (CredentialsProvider provider = new FileChoice(settings).provider(source)) {
            CredentialsSet found = provider.current(NO_SERVER, BUDGET);
            if (isSecret) {
                settings =
                        SettingsCompletion.complete(settings, found.location().orElse(null), provider.description());
            }
        } catch (CredentialsException e) {
            Setting<?> ofPath = isSecret ? Settings.SECRET_FILE : Settings.PASSWORD_FILE;
            // a file can also contain the value of the setting itself
            add(settings.explain(ofPath).isPresent() ? ofPath : Settings.PASSWORD, e.problem(), e.fix());
        } catch (ConfigurationException e) {
            problems.addAll(e.problems());
        }
    }

    private void readCertificates() {
        if (settings.sslMode() == SslMode.DISABLE) {
            return;
        }
        for (TlsMaterialException e : new TlsContext(settings, settings.sslMode()).unusableFiles()) {
            add(e.settings().get(0), String.valueOf(e.getMessage()), e.fix());
        }
    }

    private void add(Setting<?> setting, String message, String fix) {
        List<Origin> origins = new ArrayList<>(1);
        settings.explain(setting).ifPresent(value -> origins.add(value.origin()));
        String key = origins.isEmpty()
                ? settings.variable(setting)
                : origins.get(0).key().orElse(settings.variable(setting));
        problems.add(
                Problem.of(ProblemCode.UNUSABLE_FILE, key, message, origins, fix.isEmpty() ? List.of() : List.of(fix)));
    }
}
