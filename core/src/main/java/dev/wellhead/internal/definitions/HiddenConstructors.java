package dev.wellhead.internal.definitions;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The constructors of {@code dev.wellhead.settings} that applications must not call. The parameters do not have the types of
 * that package, because it depends on this one. Only a module with a catalogue of its own causes their registration.
 */
public interface HiddenConstructors {

    /** Set by the class that {@link #get} initializes. */
    AtomicReference<@Nullable HiddenConstructors> REGISTERED = new AtomicReference<>();

    static HiddenConstructors get() {
        try {
            Class.forName("dev.wellhead.settings.RegisteredConstructors");
            return Objects.requireNonNull(REGISTERED.get());
        } catch (ClassNotFoundException e) {
            throw new LinkageError("wellhead-core is incomplete", e);
        }
    }

    /** {@return a {@code Setting}} A default that is null does not exist. */
    Object setting(
            String variablePrefix,
            String name,
            Enum<?> kind,
            String description,
            List<?> choices,
            long[] bounds,
            @Nullable String localDefault,
            @Nullable String strictDefault);

    /** {@return a {@code ConfigurationException} about what cannot be opened, such as {@code the database}} */
    RuntimeException failure(String title, List<?> problems, List<?> settings);
}
