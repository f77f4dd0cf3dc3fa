package dev.wellhead.internal.definitions;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The constructors of {@code dev.wellhead.settings} that applications must not call. The parameters do not have the types of
 * that package, because it depends on this one.
 */
public abstract class HiddenConstructors {

    /** The subclass, which is initialized only for a module with a catalogue of its own. */
    private static final String REGISTERED = "dev.wellhead.settings.RegisteredConstructors";

    private static volatile @Nullable HiddenConstructors registered;

    /** {@return the constructors} */
    public static HiddenConstructors get() {
        if (registered == null) {
            try {
                Class.forName(REGISTERED);
            } catch (ClassNotFoundException e) {
                throw new LinkageError(REGISTERED, e);
            }
        }
        HiddenConstructors found = registered;
        if (found == null) {
            throw new IllegalStateException(REGISTERED);
        }
        return found;
    }

    protected static void register(HiddenConstructors constructors) {
        registered = constructors;
    }

    /** {@return a {@code Setting}} Its variable starts with {@code prefix}. */
    public abstract Object setting(String prefix, String name, Enum<?> kind, String description);

    /** Completes a setting that was just created: the allowed values of a choice. */
    public abstract void choices(Object setting, List<?> values);

    /** Completes a setting that was just created: the smallest and the largest value. */
    public abstract void bounds(Object setting, long smallest, long largest);

    /** Completes a setting that was just created: the default of local and test environments, and that of all others. */
    public abstract void defaults(Object setting, @Nullable String local, @Nullable String strict);

    /** {@return a {@code ConfigurationException} about what cannot be opened, such as {@code the database}} */
    public abstract RuntimeException failure(String title, List<?> problems, List<?> settings);
}
