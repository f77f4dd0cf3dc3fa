package dev.wellhead.internal.open;

import dev.wellhead.credentials.Authentication;
import dev.wellhead.credentials.CredentialsException;
import dev.wellhead.credentials.CredentialsProvider;
import dev.wellhead.credentials.CredentialsProviderFactory;
import dev.wellhead.internal.command.CommandCredentials;
import dev.wellhead.internal.credentials.FileCredentials;
import dev.wellhead.internal.providers.ServiceProviders;
import dev.wellhead.internal.resolve.DecidedSettings;
import dev.wellhead.internal.secret.SecretKeys;
import dev.wellhead.internal.types.Catalogue;
import dev.wellhead.internal.types.SettingReference;
import dev.wellhead.internal.types.SettingValues;
import dev.wellhead.settings.ConfigurationException;
import dev.wellhead.settings.CredentialsSource;
import dev.wellhead.settings.DatabaseSettings;
import dev.wellhead.settings.Problem;
import dev.wellhead.settings.ProblemCode;
import dev.wellhead.settings.ResolvedSetting;
import dev.wellhead.settings.Setting;
import dev.wellhead.settings.Settings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Creates the credentials provider that the settings require. */
public final class CredentialsChoice {

    private final DatabaseSettings settings;
    private final List<CredentialsProviderFactory> factories;

    /** @param factories of the providers that are not part of core */
    CredentialsChoice(DatabaseSettings settings, List<CredentialsProviderFactory> factories) {
        this.settings = settings;
        this.factories = factories;
    }

    /**
     * {@return the provider for these settings; the caller closes it} The class path is searched only if the settings
     * name a secret or the way to log in of a module.
     */
    public static CredentialsProvider of(DatabaseSettings settings) {
        CredentialsSource source = settings.credentialsSource();
        boolean elsewhere = source instanceof CredentialsSource.Secret || source instanceof CredentialsSource.Provided;
        return new CredentialsChoice(
                        settings, elsewhere ? ServiceProviders.all(CredentialsProviderFactory.class) : List.of())
                .provider();
    }

    /**
     * {@return the provider; the caller closes it}
     *
     * @throws ConfigurationException if no module or more than one supplies the credentials
     */
    CredentialsProvider provider() {
        CredentialsSource source = settings.credentialsSource();
        if (source instanceof CredentialsSource.Fixed fixed) {
            return CredentialsProvider.fixed(fixed.user(), fixed.value().reveal());
        }
        if (source instanceof CredentialsSource.NoPassword none) {
            return CredentialsProvider.withoutPassword(
                    none.user(),
                    none.authentication().equals(Authentication.CERTIFICATE)
                            ? "client certificate"
                            : "login without a password");
        }
        if (source instanceof CredentialsSource.PasswordFile || source instanceof CredentialsSource.SecretFile) {
            return new FileChoice(settings).provider(source);
        }
        if (source instanceof CredentialsSource.Passfile file) {
            return FileCredentials.passfile(
                    file.user(),
                    file.file(),
                    settings.databaseName(),
                    SettingReference.atStart(settings, Settings.PASSFILE));
        }
        if (source instanceof CredentialsSource.Command command) {
            return CommandCredentials.of(
                    command.command(),
                    SettingReference.atStart(settings, Settings.PASSWORD_COMMAND),
                    SecretKeys.of(settings),
                    command.user(),
                    settings.variable(Settings.USER));
        }
        if (source instanceof CredentialsSource.Secret) {
            return fromClassPath(
                    Settings.SECRET_ID,
                    factories,
                    " is set, but nothing on the class path reads secrets.",
                    "Add the module dev.wellhead:wellhead-aws to the class path.");
        }
        if (source instanceof CredentialsSource.Provided provided) {
            return fromClassPath(
                    Settings.AUTH,
                    declaring(provided.authentication()),
                    " is '" + provided.authentication().word() + "', but its module returned no credentials provider.",
                    "Update the module, or report this defect to its authors.");
        }
        throw refused(
                Settings.USER,
                "These settings were resolved for a credentials provider of the builder, but the builder has none.",
                "Call DatabaseBuilder.credentials, or resolve the settings without it.");
    }

    private List<CredentialsProviderFactory> declaring(Authentication authentication) {
        List<CredentialsProviderFactory> declaring = new ArrayList<>(1);
        for (CredentialsProviderFactory factory : factories) {
            if (factory.authentications().contains(authentication)) {
                declaring.add(factory);
            }
        }
        return declaring;
    }

    /**
     * {@return the only provider that a factory creates} All factories are called, so that two modules for one source
     * are noticed.
     *
     * @param missing the end of the message if there is none
     */
    private CredentialsProvider fromClassPath(
            Setting<?> asking, List<CredentialsProviderFactory> called, String missing, String fix) {
        List<CredentialsProvider> providers = new ArrayList<>();
        List<String> descriptions = new ArrayList<>();
        for (CredentialsProviderFactory factory : called) {
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
                ConfigurationException refused = refused(asking, SettingReference.atStart(e.problem()), e.fix());
                refused.initCause(e);
                throw refused;
            }
        }
        if (providers.size() == 1) {
            return providers.get(0);
        }
        closeAll(providers);
        String reference = SettingReference.atStart(settings, asking);
        if (providers.isEmpty()) {
            throw refused(asking, reference + missing, fix);
        }
        throw refused(
                asking,
                reference + " is supported by " + providers.size() + " modules on the class path: "
                        + String.join(", ", descriptions) + ".",
                "Keep one of them"
                        + (DecidedSettings.catalogueOf(settings).isOfDatabases()
                                ? ", or choose the provider with DatabaseBuilder.credentials."
                                : "."));
    }

    private static void closeAll(List<CredentialsProvider> providers) {
        for (CredentialsProvider provider : providers) {
            provider.close();
        }
    }

    private ConfigurationException refused(Setting<?> asking, String message, String fix) {
        ResolvedSetting explained = settings.explain(asking).orElse(null);
        Problem problem = Problem.of(
                ProblemCode.PROVIDER,
                settings.variable(asking),
                message,
                explained == null ? List.of() : List.of(explained.origin()),
                fix.isEmpty() ? List.of() : List.of(fix));
        return DecidedSettings.catalogueOf(settings).failure(List.of(problem), List.of());
    }

    /** The request to a factory. */
    private static final class Request implements SecretKeys.OfCatalogue {

        private final DatabaseSettings settings;

        Request(DatabaseSettings settings) {
            this.settings = settings;
        }

        @Override
        public Catalogue catalogue() {
            return DecidedSettings.catalogueOf(settings);
        }

        @Override
        public String name() {
            return settings.name();
        }

        @Override
        public Optional<String> setting(String settingName) {
            // not the text for people, which is cut and has some characters replaced
            return Optional.ofNullable(catalogue().named(settingName))
                    .flatMap(settings::find)
                    .map(SettingValues::format);
        }

        @Override
        public Optional<Duration> duration(String settingName) {
            return settings.find(named(settingName)).map(Duration.class::cast);
        }

        @Override
        public boolean isStrict() {
            return settings.environment().isStrict();
        }

        @Override
        public String variable(String settingName) {
            return SettingReference.of(settings, named(settingName));
        }

        private Setting<?> named(String settingName) {
            Setting<?> setting = catalogue().named(settingName);
            if (setting == null) {
                throw new IllegalArgumentException("there is no setting " + settingName);
            }
            return setting;
        }
    }
}
