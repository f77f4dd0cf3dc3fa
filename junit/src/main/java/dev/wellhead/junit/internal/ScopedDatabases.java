package dev.wellhead.junit.internal;

import dev.wellhead.Database;
import dev.wellhead.junit.internal.clone.DatabaseCopy;
import dev.wellhead.junit.internal.clone.TemplateSource;
import java.sql.Connection;
import java.util.Objects;
import java.util.function.Function;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The databases that a test or a class can use, in the stores of its context and of the contexts around it. */
final class ScopedDatabases {

    private static final ExtensionContext.Namespace NAMESPACE =
            ExtensionContext.Namespace.create(TestDatabaseExtension.class);

    /**
     * Which databases are the same. A store also finds the values of the stores around it, so the key contains the owner.
     */
    private record Key(String owner, String name, TemplateSource source) {}

    private final ExtensionContext context;

    /** @param context that of the field or parameter */
    ScopedDatabases(ExtensionContext context) {
        this.context = context;
    }

    /**
     * {@return the value of a field or parameter}
     *
     * @param description the field or parameter, for messages
     */
    Object inject(Declaration declaration, Class<?> type, String description) {
        Injected.requireType(type, description);
        Database database = database(declaration, description);
        return type == Connection.class ? Injected.connection(database, store(context)) : database;
    }

    /** {@return the database, which is copied now if it does not exist} */
    Database database(Declaration declaration) {
        return database(declaration, "class " + declaration.owner().getName());
    }

    private Database database(Declaration declaration, String description) {
        ExtensionContext owner =
                switch (declaration.scope()) {
                    case METHOD -> requireMethod(description);
                    case RUN -> context.getRoot();
                    case CLASS, DEFAULT -> ofClass(declaration.owner());
                };
        Key key = new Key(owner.getUniqueId(), declaration.name(), declaration.source());
        return computeIfAbsent(store(owner), key, this::copy).database();
    }

    private OpenCopy copy(Key key) {
        return new OpenCopy(computeIfAbsent(store(context.getRoot()), SharedServer.class, missing -> new SharedServer())
                .copy(key.source()));
    }

    private ExtensionContext requireMethod(String description) {
        if (context.getTestMethod().isEmpty()) {
            throw new ExtensionConfigurationException("The " + description
                    + " belongs to no test method, so it cannot have a database with the scope METHOD."
                    + " Use the scope CLASS, or an instance field or a parameter of a method that runs for each test.");
        }
        return context;
    }

    /** {@return the nearest context of a class, or of a subclass of it; the outermost one if there is none} */
    private ExtensionContext ofClass(Class<?> owner) {
        ExtensionContext found = context;
        for (ExtensionContext current = context;
                current != null;
                current = current.getParent().orElse(null)) {
            if (current.getTestMethod().isEmpty() && current.getTestClass().isPresent()) {
                found = current;
                if (owner.isAssignableFrom(current.getTestClass().get())) {
                    return current;
                }
            }
        }
        return found;
    }

    private static ExtensionContext.Store store(ExtensionContext context) {
        return context.getStore(NAMESPACE);
    }

    /** JUnit 6 has a method without this deprecation, which JUnit 5 lacks. */
    @SuppressWarnings({"deprecation", "unchecked"})
    private static <K, V> V computeIfAbsent(ExtensionContext.Store store, K key, Function<K, V> creator) {
        return (V) Objects.requireNonNull(store.getOrComputeIfAbsent(key, creator));
    }

    /**
     * A copy that is closed together with its store.
     *
     * @param copy the copy
     */
    @SuppressWarnings("deprecation")
    private record OpenCopy(DatabaseCopy copy) implements AutoCloseable, ExtensionContext.Store.CloseableResource {

        Database database() {
            return copy.database();
        }

        @Override
        public void close() {
            ClassDatabases.closed(copy.database());
            copy.close();
        }
    }
}
