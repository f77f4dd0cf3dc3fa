package dev.wellhead.internal.metrics;

import dev.wellhead.settings.CredentialsSource;
import dev.wellhead.settings.DatabaseSettings;
import dev.wellhead.settings.Origin;
import dev.wellhead.settings.Setting;
import dev.wellhead.settings.Settings;
import java.util.List;

/** The settings that are attributes and that a credentials provider may complete. */
final class ServerAttributes {

    private static final List<Setting<?>> SETTINGS = List.of(Settings.HOST, Settings.PORT, Settings.NAME);

    private ServerAttributes() {}

    /**
     * {@return whether {@code resolved} has the final server and database} A secret or the caller's own provider may
     * return them; it then replaces the defaults.
     */
    static boolean areKnown(DatabaseSettings resolved) {
        CredentialsSource source = resolved.credentialsSource();
        boolean mayComplete = source.isSecret() || source instanceof CredentialsSource.Supplied;
        return SETTINGS.stream().allMatch(setting -> resolved.explain(setting)
                .map(value -> !mayComplete || value.origin().kind() != Origin.Kind.DEFAULT)
                .orElse(false));
    }
}
