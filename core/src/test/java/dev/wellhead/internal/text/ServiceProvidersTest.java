package dev.wellhead.internal.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wellhead.ServicesOnClassPath;
import dev.wellhead.settings.DatabaseSettings;
import dev.wellhead.spi.DatabaseListener;
import dev.wellhead.spi.DatabaseListenerFactory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Providers that can be created, and every way in which one cannot. */
class ServiceProvidersTest {

    private static final String WITHOUT_ITS_SUPERCLASS = "vendor.Extension";

    private final List<ServiceConfigurationError> errors = new ArrayList<>();

    @Test
    void all_providersOfTheContextLoader_areCreatedInOrder(@TempDir Path directory) throws Exception {
        List<DatabaseListenerFactory> found =
                with(services(directory, First.class.getName(), Second.class.getName()), this::all);

        assertThat(found).hasExactlyElementsOfTypes(First.class, Second.class);
        assertThat(errors).isEmpty();
    }

    @Test
    void all_noServiceFile_isEmpty(@TempDir Path directory) throws Exception {
        ServicesOnClassPath others = ServicesOnClassPath.in(directory, Runnable.class);

        assertThat(with(others, this::all)).isEmpty();
    }

    @Test
    void all_noContextLoader_usesTheLoaderOfTheLibrary() {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(null);
        try {
            assertThat(ServiceProviders.all(DatabaseListenerFactory.class)).isEmpty();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    @Test
    void all_classMissing_reportsItAndCreatesTheOthers(@TempDir Path directory) throws Exception {
        List<DatabaseListenerFactory> found =
                with(services(directory, "vendor.Absent", Second.class.getName()), this::all);

        assertThat(found).hasExactlyElementsOfTypes(Second.class);
        assertThat(errors).singleElement().satisfies(error -> assertThat(error)
                .hasMessageContaining("vendor.Absent not found"));
    }

    @Test
    void all_constructorThatThrows_reportsItAndCreatesTheOthers(@TempDir Path directory) throws Exception {
        List<DatabaseListenerFactory> found =
                with(services(directory, Failing.class.getName(), Second.class.getName()), this::all);

        assertThat(found).hasExactlyElementsOfTypes(Second.class);
        assertThat(errors).singleElement().satisfies(error -> assertThat(error).hasRootCauseMessage("no licence"));
    }

    @Test
    void all_anotherType_reportsIt(@TempDir Path directory) throws Exception {
        assertThat(with(services(directory, ServiceProvidersTest.class.getName()), this::all))
                .isEmpty();
        assertThat(errors).singleElement().satisfies(error -> assertThat(error).hasMessageContaining("not a subtype"));
    }

    /** The JVM throws an error that ServiceLoader does not convert. */
    @Test
    void all_superclassMissing_reportsItAndCreatesTheOthers(@TempDir Path directory) throws Exception {
        List<DatabaseListenerFactory> found =
                with(services(directory, WITHOUT_ITS_SUPERCLASS, Second.class.getName()), this::all);

        assertThat(found).hasExactlyElementsOfTypes(Second.class);
        assertThat(errors).singleElement().satisfies(error -> assertThat(error)
                .hasMessageContaining(DatabaseListenerFactory.class.getName())
                .hasCauseInstanceOf(NoClassDefFoundError.class));
    }

    @Test
    void all_superclassMissingWithoutAHandler_throws(@TempDir Path directory) throws Exception {
        ServicesOnClassPath services = services(directory, WITHOUT_ITS_SUPERCLASS);

        assertThatThrownBy(() -> with(services, () -> ServiceProviders.all(DatabaseListenerFactory.class)))
                .isInstanceOf(ServiceConfigurationError.class)
                .hasCauseInstanceOf(NoClassDefFoundError.class);
    }

    @Test
    void all_invalidServiceFile_reportsItOnce(@TempDir Path directory) throws Exception {
        assertThat(with(services(directory, "not a class name"), this::all)).isEmpty();
        assertThat(errors).hasSize(1);
    }

    @Test
    void all_classMissingWithoutAHandler_throws(@TempDir Path directory) throws Exception {
        ServicesOnClassPath services = services(directory, "vendor.Absent");

        assertThatThrownBy(() -> with(services, () -> ServiceProviders.all(DatabaseListenerFactory.class)))
                .isInstanceOf(ServiceConfigurationError.class);
    }

    private List<DatabaseListenerFactory> all() {
        return ServiceProviders.all(DatabaseListenerFactory.class, errors::add);
    }

    private static ServicesOnClassPath services(Path directory, String... lines) throws IOException {
        return ServicesOnClassPath.listing(directory, DatabaseListenerFactory.class, List.of(lines));
    }

    private static <T> T with(ServicesOnClassPath services, Callable<T> action) throws Exception {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(new IncompleteLoader(before));
        try {
            return services.call(action);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    /** Has a class whose superclass is missing. */
    private static final class IncompleteLoader extends ClassLoader {

        IncompleteLoader(ClassLoader parent) {
            super(parent);
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.equals(WITHOUT_ITS_SUPERCLASS)) {
                throw new NoClassDefFoundError("vendor/Base");
            }
            return super.loadClass(name, resolve);
        }
    }

    /** A provider. */
    public static class First implements DatabaseListenerFactory {

        @Override
        public DatabaseListener create(DatabaseSettings settings) {
            return new DatabaseListener() {};
        }
    }

    /** Another provider. */
    public static final class Second extends First {}

    /** A provider that cannot be created. */
    public static final class Failing extends First {

        /** Fails. */
        public Failing() {
            throw new IllegalStateException("no licence");
        }
    }
}
