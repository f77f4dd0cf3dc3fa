package dev.wellhead.junit.internal;

import dev.wellhead.Database;
import dev.wellhead.junit.TestDatabase.Scope;
import dev.wellhead.junit.internal.clone.TemplateSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The open databases of classes, for frameworks that create the objects of a test themselves and have no access to JUnit's
 * contexts. Thread-safe.
 */
public final class ClassDatabases {

    private static final Map<Key, Database> OPEN = new ConcurrentHashMap<>();

    private ClassDatabases() {}

    /**
     * The database of a class. Classes with equal keys have the same one.
     *
     * @param name the name of the declaration
     * @param source what its template contains
     * @param owner the class that is annotated; null if all classes of the run share the database
     * @param isPerMethod whether each test method has a database of its own, so that the class has none
     */
    public record Key(String name, TemplateSource source, @Nullable Class<?> owner, boolean isPerMethod) {

        /** {@return whether other classes may have the same database} */
        public boolean isShared() {
            return owner == null;
        }
    }

    /** {@return the key of the database that a class, or a class around it, declares} */
    public static Optional<Key> declaredBy(Class<?> test) {
        return Declaration.ofClass(test).map(ClassDatabases::key);
    }

    /** {@return the database, which is open while a class that declares it runs} */
    public static Optional<Database> find(Key key) {
        return Optional.ofNullable(OPEN.get(key));
    }

    static void opened(Declaration declaration, Database database) {
        OPEN.put(key(declaration), database);
    }

    static void closed(Database database) {
        OPEN.values().remove(database);
    }

    private static Key key(Declaration declaration) {
        return new Key(
                declaration.name(),
                declaration.source(),
                declaration.scope() == Scope.RUN ? null : declaration.owner(),
                declaration.scope() == Scope.METHOD);
    }
}
