package dev.wellhead.internal.resolve;

import dev.wellhead.internal.sources.NearMiss;
import dev.wellhead.internal.sources.NearMisses;
import dev.wellhead.internal.sources.SettingsRequest;
import dev.wellhead.internal.sources.SourceReader;
import dev.wellhead.internal.types.DatabaseName;
import dev.wellhead.internal.types.Problems;
import dev.wellhead.settings.ConfigurationException;
import dev.wellhead.settings.DatabaseSettings;
import java.util.List;

/**
 * Decides every setting of a database from its sources, in the order of precedence: builder, system properties,
 * environment, {@code application.conf}, libpq's variables and files, the defaults of the environment. Uses no network.
 * Thread-safe.
 */
public final class SettingsResolver {

    private SettingsResolver() {}

    /**
     * {@return the settings} For a request made with {@link SettingsRequest#of}, the result depends only on the
     * variables and the files.
     *
     * @throws ConfigurationException if they are invalid or incomplete, with every problem
     */
    public static DatabaseSettings resolve(SettingsRequest request) {
        Problems problems = new Problems();
        DatabaseName name = DatabaseName.of(request.name(), problems);
        problems.throwIfAny();
        return SettingsDecision.decide(new SourceReader(request, name, problems).read(), List.of(), null, problems);
    }

    /**
     * {@return the variables that are set, that nothing reads, and that are similar to a variable of this database}
     * {@link #resolve} does not report them, because they may belong to another program.
     */
    public static List<NearMiss> nearMisses(SettingsRequest request) {
        DatabaseName name = DatabaseName.of(request.name(), new Problems());
        return new NearMisses(name, request.variables()).all();
    }
}
