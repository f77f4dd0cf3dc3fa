package dev.wellhead.internal.resolve;

import dev.wellhead.credentials.Authentication;
import dev.wellhead.internal.types.FollowedFile;
import dev.wellhead.internal.types.Problems;
import dev.wellhead.internal.types.RawValue;
import dev.wellhead.settings.CommandLine;
import dev.wellhead.settings.CredentialsSource;
import dev.wellhead.settings.Origin;
import dev.wellhead.settings.ProblemCode;
import dev.wellhead.settings.Sensitive;
import dev.wellhead.settings.Setting;
import dev.wellhead.settings.Settings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Decides the source of user and password. Different settings can be the source, so precedence per setting is not
 * enough: two sources that are set explicitly (system property, environment, application.conf) are a problem, except
 * that a source set on the builder overrides the others. A service binding, libpq's sources (PGPASSWORD, then .pgpass)
 * and the default of the environment are used only if there is no explicit source.
 */
final class CredentialsDecision {

    private static final List<Setting<?>> SOURCES = List.of(
            Settings.PASSWORD,
            Settings.PASSWORD_FILE,
            Settings.PASSWORD_COMMAND,
            Settings.SECRET_FILE,
            Settings.SECRET_ID,
            Settings.AUTH);

    private final DecisionState state;
    private final Problems problems;
    private final RankedValues values;

    CredentialsDecision(DecisionState state) {
        this.state = state;
        this.problems = state.problems();
        this.values = state.values();
    }

    /** {@return the source; {@code null} if there is none, which {@link MissingValues} reports} */
    @Nullable
    CredentialsSource decide(PassfileLookup passfile) {
        if (state.contents().credentialsSupplied()) {
            values.remove(Settings.PASSWORD);
            removeUserWeakerThanSecret();
            return new CredentialsSource.Supplied();
        }
        List<RawValue> explicit = explicitSources();
        if (explicit.size() > 1) {
            report(explicit);
        }
        Setting<?> source = explicit.isEmpty() ? null : explicit.get(0).setting();
        if (source != null && source != Settings.PASSWORD) {
            // the password of a weaker source is not used and must not be shown as if it were
            values.remove(Settings.PASSWORD);
        }
        if (source == Settings.SECRET_ID) {
            String id = values.get(Settings.SECRET_ID);
            removeUserWeakerThanSecret();
            return id == null ? null : new CredentialsSource.Secret(id, values.get(Settings.USER));
        }
        if (source == Settings.SECRET_FILE) {
            Path file = values.get(Settings.SECRET_FILE);
            removeUserWeakerThanSecret();
            return file == null ? null : new CredentialsSource.SecretFile(file, values.get(Settings.USER));
        }
        if (source == Settings.AUTH) {
            return withoutStoredPassword();
        }
        if (source == Settings.PASSWORD_COMMAND) {
            CommandLine command = values.get(Settings.PASSWORD_COMMAND);
            return command == null ? null : new CredentialsSource.Command(command, values.get(Settings.USER));
        }
        if (source == null && mayHaveNoPassword()) {
            Origin byDefault =
                    new Origin.DefaultOf(state.contents().environment().name());
            values.derive(Settings.AUTH, Authentication.NONE.word(), byDefault, problems);
            state.authentication().derive(Authentication.NONE);
            return new CredentialsSource.NoPassword("", Authentication.NONE);
        }
        String user = user();
        if (source == Settings.PASSWORD_FILE) {
            Path file = values.get(Settings.PASSWORD_FILE);
            return file == null ? null : new CredentialsSource.PasswordFile(user, file, userFile());
        }
        if (source == null
                && !values.isConfigured(Settings.PASSWORD)
                && state.name().catalogue().isOfDatabases()) {
            Optional<Path> file = passfile.find(user);
            if (file.isPresent()) {
                return new CredentialsSource.Passfile(user, file.get());
            }
        }
        if (source == null && onlyCertificateIsSet()) {
            values.remove(Settings.PASSWORD);
            RawValue key = values.winner(Settings.SSLKEY);
            String reason = "follows from " + (key == null ? Settings.SSLKEY.name() : key.key());
            values.derive(Settings.AUTH, Authentication.CERTIFICATE.word(), new Origin.Derived(reason), problems);
            state.authentication().derive(Authentication.CERTIFICATE);
            return new CredentialsSource.NoPassword(user, Authentication.CERTIFICATE);
        }
        return storedPassword(user);
    }

    /** {@return the source of a password that is a value; a file that it was read from is followed} */
    private @Nullable CredentialsSource storedPassword(String user) {
        Sensitive password = values.get(Settings.PASSWORD);
        RawValue winner = values.winner(Settings.PASSWORD);
        if (password == null || winner == null) {
            return null;
        }
        FollowedFile file = winner.file();
        if (file == null) {
            return new CredentialsSource.Fixed(user, password);
        }
        return file.isUrl()
                ? new CredentialsSource.SecretFile(file.path(), values.get(Settings.USER))
                : new CredentialsSource.PasswordFile(user, file.path(), userFile());
    }

    /** {@return the file whose whole content is the user; null if the user does not change} */
    private @Nullable Path userFile() {
        RawValue winner = values.winner(Settings.USER);
        FollowedFile file = winner == null ? null : winner.file();
        return file == null || file.isUrl() ? null : file.path();
    }

    private CredentialsSource withoutStoredPassword() {
        Authentication authentication = state.authentication().selected();
        if (authentication.isWithoutPassword()) {
            return new CredentialsSource.NoPassword(user(), authentication);
        }
        if (authentication.requiresUser()) {
            removeDefaultUser();
            return new CredentialsSource.Provided(authentication, user());
        }
        removeUserWeakerThanSecret();
        return new CredentialsSource.Provided(authentication, values.get(Settings.USER));
    }

    /** A service without a default password has a login without one, but not in a strict environment. */
    private boolean mayHaveNoPassword() {
        return !state.name().catalogue().isOfDatabases()
                && !state.contents().environment().isStrict()
                && !state.contents().isIncomplete()
                && !values.isSet(Settings.PASSWORD)
                && !values.isSet(Settings.USER)
                && !values.isConfigured(Settings.AUTH);
    }

    /** As in psql, a client certificate is sufficient to log in if no password is set. */
    private boolean onlyCertificateIsSet() {
        return values.isSet(Settings.SSLKEY)
                && !values.isConfigured(Settings.PASSWORD)
                && !values.isConfigured(Settings.AUTH);
    }

    /** {@return the role to log in as, empty if no source has one; then a missing user is reported elsewhere} */
    private String user() {
        String user = values.get(Settings.USER);
        return user == null ? "" : user;
    }

    /**
     * {@return the sources of a password that the user chose} Defaults and libpq's sources do not count: they are
     * fallbacks, which an explicit source overrides. Sources that the code sets override sources that are configured.
     */
    private List<RawValue> explicitSources() {
        List<RawValue> configured = new ArrayList<>(1);
        List<RawValue> setByCode = new ArrayList<>(1);
        for (Setting<?> setting : SOURCES) {
            RawValue winner = values.winner(setting);
            if (winner == null || (setting == Settings.AUTH && usesPassword())) {
                continue;
            }
            switch (winner.origin().kind()) {
                case BUILDER, LOCAL_DATABASE -> setByCode.add(winner);
                case SYSTEM_PROPERTY, ENVIRONMENT_VARIABLE, CONFIGURATION_FILE -> configured.add(winner);
                default -> {}
            }
        }
        return setByCode.isEmpty() ? configured : setByCode;
    }

    /** {@return whether a password is used} An invalid value has already been reported, and does not count. */
    private boolean usesPassword() {
        return state.authentication().selected().equals(Authentication.PASSWORD);
    }

    /** Reports that a password has several sources: a rotation would change only one of them. */
    private void report(List<RawValue> sources) {
        StringBuilder keys = new StringBuilder();
        List<Origin> origins = new ArrayList<>(sources.size());
        int last = sources.size() - 1;
        for (int i = 0; i <= last; i++) {
            keys.append(i == 0 ? "" : i == last ? " and " : ", ")
                    .append(sources.get(i).key());
            origins.add(sources.get(i).origin());
        }
        problems.add(
                ProblemCode.SEVERAL_PASSWORD_SOURCES,
                sources.get(0).key(),
                sources.get(last).setting() == Settings.AUTH
                        ? keys + " contradict each other: "
                                + sourcesOf(state.authentication().selected())
                        : keys + " are " + (last == 1 ? "both" : "all") + " set, but only one source of the"
                                + " password is allowed.",
                origins,
                "Keep one of them and unset the other" + (last == 1 ? "." : "s."));
    }

    private static String sourcesOf(Authentication authentication) {
        String word = "'" + authentication.word() + "'";
        return authentication.isWithoutPassword()
                ? word + " is a login without a password."
                : word + " uses only " + authentication.login() + ".";
    }

    /** The user of a secret or of the caller's provider is stronger than libpq's user and the default. */
    private void removeUserWeakerThanSecret() {
        RawValue user = values.winner(Settings.USER);
        if (user != null && user.origin().kind().compareTo(Origin.Kind.SECRET) > 0) {
            values.remove(Settings.USER);
        }
    }

    /** The default user is for a local database, which has its own password. */
    private void removeDefaultUser() {
        RawValue user = values.winner(Settings.USER);
        if (user != null && user.origin().kind() == Origin.Kind.DEFAULT) {
            values.remove(Settings.USER);
        }
    }
}
