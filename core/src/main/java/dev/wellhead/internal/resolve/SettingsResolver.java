package dev.wellhead.internal.resolve;

import dev.wellhead.internal.libraries.SupportedLibraries;
import dev.wellhead.internal.names.NearMiss;
import dev.wellhead.internal.names.NearMisses;
import dev.wellhead.internal.sources.SettingsRequest;
import dev.wellhead.internal.sources.SourceReader;
import dev.wellhead.internal.types.DatabaseName;
import dev.wellhead.internal.types.Problems;
import dev.wellhead.settings.ConfigurationException;
import dev.wellhead.settings.DatabaseSettings;
import java.util.ArrayList;
import java.util.List;

/**
 * Decides every setting of a database from its sources, in the order of precedence: builder, system properties,
 * environment, {@code application.conf}, libpq's variables and files, the defaults of the environment. Uses no network.
 * Thread-safe.
 */
public final class SettingsResolver {

    private SettingsResolver() {}

    /**
     * {@return the settings, or those that migrations connect with if the request asks for them} For a request made with {@link SettingsRequest#of}, the result depends only on the
     * variables and the files.
     *
     * @throws ConfigurationException if they are invalid or incomplete, with every problem
     */
    public static DatabaseSettings resolve(SettingsRequest request) {
        Problems problems = new Problems();
        DatabaseName name = DatabaseName.of(request.name(), request.catalogue(), problems);
        if (!problems.isEmpty()) {
            throw request.catalogue().failure(problems.all(), List.of());
        }
        try {
            DatabaseSettings settings = SettingsDecision.decide(
                    new SourceReader(request, name, problems).read(), List.of(), null, problems);
            return request.isForMigrations() ? SettingsCompletion.forMigrations(settings) : settings;
        } catch (LinkageError e) {
            throw SupportedLibraries.CORE.explained(e);
        }
    }

    /**
     * {@return the variables that are set, that nothing reads, and that were probably meant for this database}
     * {@link #resolve} reports only those of {@link #unreadOf}, because the others may belong to another program.
     */
    public static List<NearMiss> nearMisses(SettingsRequest request) {
        DatabaseName name = DatabaseName.of(request.name(), request.catalogue(), new Problems());
        return new NearMisses(name, request.variables()).all();
    }

    /**
     * {@return the variables that were probably meant for a setting that no source of this database has} If no source names
     * the server, {@link DatabaseSettings#warnings()} lists them.
     */
    public static List<NearMiss> unreadOf(DatabaseSettings settings) {
        List<NearMiss> own = new ArrayList<>();
        for (NearMiss nearMiss : DecidedSettings.of(settings).state().contents().unread()) {
            if (!nearMiss.ofUnnamedDatabase()) {
                own.add(nearMiss);
            }
        }
        return List.copyOf(own);
    }

    /** {@return a sentence about the variables that may be the reason of a failed connection; empty if there are none} */
    public static String unreadHint(DatabaseSettings settings) {
        List<NearMiss> own = unreadOf(settings);
        List<NearMiss> all = DecidedSettings.of(settings).state().contents().unread();
        return own.isEmpty() && !all.isEmpty() ? all.get(0).message() : NearMiss.message(own);
    }
}
