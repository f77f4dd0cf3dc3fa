package dev.wellhead.internal.definitions;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The constructors of {@code dev.wellhead.settings} that applications must not call. The parameters do not have the types of
 * that package, because it depends on this one. Only a module with a catalogue of its own causes their registration.
 */
public abstract class HiddenConstructors {

    private static final String REGISTERED = "dev.wellhead.settings.RegisteredConstructors";

    private static volatile @Nullable HiddenConstructors registered;

    public static HiddenConstructors get() {
        try {
            Class.forName(REGISTERED);
            return Objects.requireNonNull(registered);
        } catch (ClassNotFoundException e) {
            throw new LinkageError(REGISTERED, e);
        }
    }

    protected static void register(HiddenConstructors constructors) {
        registered = constructors;
    }

    /** {@return a {@code Setting}} A default that is null does not exist. */
    public abstract Object setting(
            String variablePrefix,
            String name,
            Enum<?> kind,
            String description,
            List<?> choices,
            long[] bounds,
            @Nullable String localDefault,
            @Nullable String strictDefault);

    /** {@return a {@code ConfigurationException} about what cannot be opened, such as {@code the database}} */
    public abstract RuntimeException failure(String title, List<?> problems, List<?> settings);
}
