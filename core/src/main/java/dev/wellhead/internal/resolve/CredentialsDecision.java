package dev.wellhead.internal.resolve;

import dev.wellhead.internal.sources.Facts;
import dev.wellhead.internal.types.Problems;
import dev.wellhead.internal.types.RawValue;
import dev.wellhead.settings.AuthenticationKind;
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
 * Decides where user and password come from. They are one axis of their own: a source that is set explicitly (builder,
 * system property, environment, application.conf) stands beside every other explicit one, and two of them are a
 * problem, except that the builder, being code, overrides all. libpq's sources (PGPASSWORD, then .pgpass) and then the
 * profile's default count only where there is no explicit one.
 */
public final class CredentialsDecision {

    private static final List<Setting<?>> SOURCES =
            List.of(Settings.PASSWORD, Settings.PASSWORD_FILE, Settings.SECRET_ID, Settings.AUTH);

    private final Facts facts;
    private final Values values;
    private final Problems problems;

    public CredentialsDecision(Facts facts, Values values, Problems problems) {
        this.facts = facts;
        this.values = values;
        this.problems = problems;
    }

    /** {@return the source; {@code null} where there is none, which {@link MissingValues} reports} */
    @Nullable
    public CredentialsSource decide(PassfileLookup passfile) {
        if (facts.ownCredentials()) {
            takeOut(null);
            openUser();
            return new CredentialsSource.Supplied();
        }
        List<RawValue> live = live();
        if (live.size() > 1) {
            report(live);
        }
        Setting<?> source = live.isEmpty() ? null : live.get(0).setting();
        takeOut(source);
        if (source == Settings.SECRET_ID) {
            String id = values.get(Settings.SECRET_ID);
            openUser();
            return id == null ? null : new CredentialsSource.Secret(id, values.get(Settings.USER));
        }
        if (source == Settings.AUTH) {
            dropDefaultUser();
            return new CredentialsSource.Iam(user());
        }
        String user = user();
        if (source == Settings.PASSWORD_FILE) {
            Path file = values.get(Settings.PASSWORD_FILE);
            return file == null ? null : new CredentialsSource.PasswordFile(user, file);
        }
        if (source == null && !isFromLibpq(Settings.PASSWORD)) {
            Optional<Path> file = passfile.find(user);
            if (file.isPresent()) {
                return new CredentialsSource.Passfile(user, file.get());
            }
        }
        Sensitive password = values.get(Settings.PASSWORD);
        return password == null ? null : new CredentialsSource.Fixed(user, password);
    }

    private String user() {
        String user = values.get(Settings.USER);
        return user == null ? "" : user;
    }

    private List<RawValue> live() {
        List<RawValue> live = new ArrayList<>(1);
        List<RawValue> decidedByCode = new ArrayList<>(1);
        for (Setting<?> setting : SOURCES) {
            RawValue winner = values.winner(setting);
            boolean takesPassword = setting == Settings.AUTH && values.get(Settings.AUTH) != AuthenticationKind.IAM;
            if (winner == null || takesPassword) {
                continue;
            }
            switch (winner.origin().kind()) {
                case BUILDER, LOCAL_DATABASE -> decidedByCode.add(winner);
                case SYSTEM_PROPERTY, ENVIRONMENT_VARIABLE, CONFIGURATION_FILE -> live.add(winner);
                default -> {}
            }
        }
        return decidedByCode.isEmpty() ? live : decidedByCode;
    }

    private void report(List<RawValue> live) {
        StringBuilder keys = new StringBuilder();
        List<Origin> origins = new ArrayList<>(live.size());
        for (int i = 0; i < live.size(); i++) {
            keys.append(i == 0 ? "" : i == live.size() - 1 ? " and " : ", ").append(live.get(i).key());
            origins.add(live.get(i).origin());
        }
        RawValue last = live.get(live.size() - 1);
        problems.add(
                ProblemCode.SEVERAL_PASSWORD_SOURCES,
                live.get(0).key(),
                last.setting() == Settings.AUTH
                        ? keys + " contradict each other: 'iam' takes an authentication token and nothing else."
                        : keys + (live.size() == 2 ? " both" : " all") + " say where the password comes from.",
                origins,
                "Keep the one that is meant and unset the other" + (live.size() == 2 ? "." : "s."));
    }

    /** What lost on this axis does not count and would mislead whoever reads the settings. */
    private void takeOut(@Nullable Setting<?> source) {
        if (source != Settings.PASSWORD && (source != null || facts.ownCredentials())) {
            values.remove(Settings.PASSWORD);
        }
    }

    /** The user of a secret or of the caller's provider beats libpq's and the default. */
    private void openUser() {
        RawValue user = values.winner(Settings.USER);
        if (user != null && user.origin().kind().compareTo(Origin.Kind.SECRET) > 0) {
            values.remove(Settings.USER);
        }
    }

    /** The profile's user is the one of a local database, which takes no tokens. */
    private void dropDefaultUser() {
        RawValue user = values.winner(Settings.USER);
        if (user != null && user.origin().kind() == Origin.Kind.DEFAULT) {
            values.remove(Settings.USER);
        }
    }

    private boolean isFromLibpq(Setting<?> setting) {
        RawValue winner = values.winner(setting);
        return winner != null && winner.origin().kind() == Origin.Kind.LIBPQ;
    }
}
