package dev.wellhead;

import dev.wellhead.credentials.CredentialsException;
import dev.wellhead.credentials.CredentialsProvider;
import dev.wellhead.credentials.CredentialsProviderFactory;
import dev.wellhead.credentials.CredentialsRequest;
import dev.wellhead.internal.credentials.FileCredentials;
import dev.wellhead.settings.ConfigurationException;
import dev.wellhead.settings.CredentialsSource;
import dev.wellhead.settings.DatabaseSettings;
import dev.wellhead.settings.Problem;
import dev.wellhead.settings.ResolvedSetting;
import dev.wellhead.settings.Setting;
import dev.wellhead.settings.Settings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes the credentials provider that the settings decided for. */
final class CredentialsChoice {

    private final DatabaseSettings settings;
    private final List<CredentialsProviderFactory> factories;

    /** @param factories asked for what lives in a store core knows nothing about */
    CredentialsChoice(DatabaseSettings settings, List<CredentialsProviderFactory> factories) {
        this.settings = settings;
        this.factories = factories;
    }

    static CredentialsProvider of(DatabaseSettings settings) {
        CredentialsSource source = settings.credentialsSource();
        boolean elsewhere = source instanceof CredentialsSource.Secret || source instanceof CredentialsSource.Iam;
        return new CredentialsChoice(
                        settings, elsewhere ? OnClassPath.all(CredentialsProviderFactory.class) : List.of())
                .provider();
    }

    CredentialsProvider provider() {
        CredentialsSource source = settings.credentialsSource();
        if (source instanceof CredentialsSource.Fixed fixed) {
            return CredentialsProvider.fixed(fixed.user(), fixed.value().reveal());
        }
        if (source instanceof CredentialsSource.PasswordFile file) {
            return FileCredentials.passwordFile(
                    file.user(), file.file(), settings.variable(Settings.PASSWORD_FILE));
        }
        if (source instanceof CredentialsSource.Passfile file) {
            return FileCredentials.passfile(
                    file.user(), file.file(), settings.databaseName(), settings.variable(Settings.PASSFILE));
        }
        if (source instanceof CredentialsSource.Secret) {
            return fromClassPath(Settings.SECRET_ID, "reads secrets");
        }
        if (source instanceof CredentialsSource.Iam) {
            return fromClassPath(Settings.AUTH, "makes authentication tokens");
        }
        throw refused(
                Settings.USER,
                "These settings were resolved for a credentials provider of the builder, and there is none.",
                "Call DatabaseBuilder.credentials, or resolve them without it.");
    }

    private CredentialsProvider fromClassPath(Setting<?> asking, String whatIsMissing) {
        List<CredentialsProvider> providers = new ArrayList<>();
        List<String> descriptions = new ArrayList<>();
        for (CredentialsProviderFactory factory : factories) {
            try {
                CredentialsProvider provider =
                        factory.create(new Request(settings)).orElse(null);
                if (provider != null) {
                    providers.add(provider);
                    descriptions.add(factory.description());
                }
            } catch (RuntimeException | Error e) {
                closeAll(providers);
                throw e;
            } catch (CredentialsException e) {
                closeAll(providers);
                ConfigurationException refused =
                        refused(asking, factory.description() + " cannot serve it: " + e.getMessage(), "");
                refused.initCause(e);
                throw refused;
            }
        }
        if (providers.size() == 1) {
            return providers.get(0);
        }
        closeAll(providers);
        String variable = settings.variable(asking);
        if (providers.isEmpty()) {
            throw refused(
                    asking,
                    variable + " is set, but nothing on the class path " + whatIsMissing + ".",
                    "Add the module dev.wellhead:wellhead-aws to the class path.");
        }
        throw refused(
                asking,
                variable + " is served by " + providers.size() + " modules on the class path: "
                        + String.join(", ", descriptions) + ".",
                "Keep one of them, or name the provider with DatabaseBuilder.credentials.");
    }

    private static void closeAll(List<CredentialsProvider> providers) {
        for (CredentialsProvider provider : providers) {
            provider.close();
        }
    }

    private ConfigurationException refused(Setting<?> asking, String message, String fix) {
        ResolvedSetting explained = settings.explain(asking).orElse(null);
        return new ConfigurationException(List.of(new Problem(
                settings.variable(asking),
                message,
                explained == null ? "" : "From: " + explained.origin().description(),
                fix.isEmpty() ? List.of() : List.of(fix))));
    }

    /** What a factory may know. */
    private static final class Request implements CredentialsRequest {

        private final DatabaseSettings settings;

        Request(DatabaseSettings settings) {
            this.settings = settings;
        }

        @Override
        public String name() {
            return settings.name();
        }

        @Override
        public Optional<String> setting(String settingName) {
            for (ResolvedSetting setting : settings.all()) {
                if (setting.name().equals(settingName)) {
                    return Optional.of(setting.value());
                }
            }
            return Optional.empty();
        }

        @Override
        public Optional<Duration> duration(String settingName) {
            return settings.find(catalogued(settingName)).map(Duration.class::cast);
        }

        @Override
        public String variable(String settingName) {
            return settings.variable(catalogued(settingName));
        }

        private static Setting<?> catalogued(String settingName) {
            for (Setting<?> setting : Settings.all()) {
                if (setting.name().equals(settingName)) {
                    return setting;
                }
            }
            throw new IllegalArgumentException("no setting of the catalogue is called " + settingName);
        }
    }
}
