package dev.wellhead.internal.sources;

import dev.wellhead.internal.files.LibpqFiles;
import dev.wellhead.internal.types.DatabaseName;
import dev.wellhead.internal.types.RawValue;
import dev.wellhead.settings.Environment;
import dev.wellhead.settings.Problem;
import dev.wellhead.settings.Setting;
import dev.wellhead.tls.TrustAnchorsProvider;
import java.util.List;

/**
 * What the sources said, kept so that values can be decided again when a secret or a started database says more.
 *
 * @param name of the database
 * @param environment where the process runs
 * @param said every value of every source, the strongest source first
 * @param files of libpq in the home directory
 * @param providers of trust anchors set on the builder
 * @param ownCredentials whether the caller brings its own
 * @param applicationName what identifies this process where nothing says
 * @param hasUrl whether the URL's variable is set
 * @param isIncomplete whether a source could not be read, so that what is missing may only seem to be
 * @param hints what to say where host or name are missing, such as a variable whose name is nearly right
 * @param warnings of the sources
 */
public record Facts(
        DatabaseName name,
        Environment environment,
        List<RawValue> said,
        LibpqFiles files,
        List<TrustAnchorsProvider> providers,
        boolean ownCredentials,
        RawValue applicationName,
        boolean hasUrl,
        boolean isIncomplete,
        List<String> hints,
        List<String> warnings) {

    /** {@return the variable of a setting that is not set, as a place that was checked} */
    public Problem.CheckedPlace notSet(Setting<?> setting) {
        return new Problem.CheckedPlace(name.variable(setting), "not set");
    }
}
