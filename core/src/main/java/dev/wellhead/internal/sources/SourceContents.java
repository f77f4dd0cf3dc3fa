package dev.wellhead.internal.sources;

import dev.wellhead.internal.files.LibpqFiles;
import dev.wellhead.internal.names.NearMiss;
import dev.wellhead.internal.types.DatabaseName;
import dev.wellhead.internal.types.RawValue;
import dev.wellhead.settings.Environment;
import dev.wellhead.settings.Origin;
import dev.wellhead.settings.Problem;
import dev.wellhead.settings.Setting;
import dev.wellhead.tls.TrustAnchorsProvider;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The values of all sources. They are kept so that the settings can be decided again when the server in a secret is
 * known, or when a local database was started.
 *
 * @param name the name of the database
 * @param environment the environment of the process
 * @param environmentOrigin where {@code ENVIRONMENT} is set; null if it is not set
 * @param values every value of every source, the strongest source first
 * @param files libpq's files in the home directory
 * @param providers the trust anchors providers that were set on the builder
 * @param credentialsSupplied whether the caller has its own credentials provider
 * @param applicationName the application name that is used if none is set
 * @param hasUrl whether the variable of the URL is set
 * @param isIncomplete whether a source is invalid, so that values which seem to be missing may be in it
 * @param unread the variables that were probably meant for a setting that no source has
 * @param warnings the warnings of the sources
 */
public record SourceContents(
        DatabaseName name,
        Environment environment,
        @Nullable Origin environmentOrigin,
        List<RawValue> values,
        LibpqFiles files,
        List<TrustAnchorsProvider> providers,
        boolean credentialsSupplied,
        RawValue applicationName,
        boolean hasUrl,
        boolean isIncomplete,
        List<NearMiss> unread,
        List<String> warnings) {

    /**
     * {@return the same sources, as they apply to migrations} The warnings of the sources are those of the database.
     *
     * @param ofMigrations the name, with the variables of migrations
     * @param replaced the values
     * @param supplied whether the provider of the caller supplies the credentials of migrations as well
     */
    public SourceContents forMigrations(DatabaseName ofMigrations, List<RawValue> replaced, boolean supplied) {
        return new SourceContents(
                ofMigrations,
                environment,
                environmentOrigin,
                List.copyOf(replaced),
                files,
                providers,
                supplied,
                applicationName,
                hasUrl,
                isIncomplete,
                List.of(),
                List.of());
    }

    /** {@return whether {@code ENVIRONMENT} is set} */
    public boolean isEnvironmentSet() {
        return environmentOrigin != null;
    }

    /** {@return the variable of a setting that is not set, as a place that was checked} */
    public Problem.CheckedPlace notSet(Setting<?> setting) {
        return new Problem.CheckedPlace(name.variable(setting), "not set");
    }
}
