package dev.wellhead.internal.resolve;

import dev.wellhead.internal.sources.Facts;
import dev.wellhead.internal.sources.SettingsRequest;
import dev.wellhead.internal.sources.NearMiss;
import dev.wellhead.internal.sources.NearMisses;
import dev.wellhead.internal.sources.Sources;
import dev.wellhead.internal.types.DatabaseName;
import dev.wellhead.internal.types.Problems;
import dev.wellhead.settings.ConfigurationException;
import dev.wellhead.settings.DatabaseSettings;
import java.util.List;

/**
 * Decides every setting of a database from its sources, one above another: builder, system properties, environment,
 * {@code application.conf}, libpq's variables and files, the defaults of the environment's profile. Opens no
 * connection and touches no network. Thread-safe.
 */
public final class SettingsResolver {

    private SettingsResolver() {}

    /**
     * {@return the settings} A request made with {@link SettingsRequest#of} always gives the same answer for the same
     * variables and files.
     *
     * @throws ConfigurationException when they cannot be opened, with every problem at once
     */
    public static DatabaseSettings resolve(SettingsRequest request) {
        Problems problems = new Problems();
        DatabaseName name = DatabaseName.of(request.name(), problems);
        problems.throwIfAny();
        Facts facts = new Sources(request, name, problems).read();
        return Decision.decide(facts, List.of(), null, problems);
    }

    /**
     * {@return variables that are set, that nothing reads, and whose names are nearly those of a setting of this
     * database: a sentence each, without values} {@link #resolve} refuses those that start like ours and says nothing of
     * the others, which may belong to another program; for a person who looks for a slip they are worth a line.
     *
     * @param request as for {@link #resolve}
     */
    public static List<NearMiss> nearMisses(SettingsRequest request) {
        DatabaseName name = DatabaseName.of(request.name(), new Problems());
        return new NearMisses(name, request.variables()).all();
    }
}
