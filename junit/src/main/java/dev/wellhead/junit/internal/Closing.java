package dev.wellhead.junit.internal;

import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Closes a resource together with the store that contains it. JUnit closes any {@code AutoCloseable} only since 5.13;
 * both interfaces together work in all versions.
 *
 * @param resource the resource
 */
@SuppressWarnings("deprecation")
record Closing(AutoCloseable resource) implements AutoCloseable, ExtensionContext.Store.CloseableResource {

    @Override
    public void close() throws Exception {
        resource.close();
    }
}
