package dev.wellhead.internal.providers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wellhead.ServicesOnClassPath;
import dev.wellhead.settings.ConfigurationException;
import dev.wellhead.settings.DatabaseSettings;
import dev.wellhead.spi.DatabaseListener;
import dev.wellhead.spi.DatabaseListenerFactory;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Providers that can be created, and every way in which one cannot. */
class ServiceProvidersTest {

    private static final String SERVICE = DatabaseListenerFactory.class.getName();
    private static final String FILE = "META-INF/services/" + SERVICE;
    private static final String WITHOUT_ITS_SUPERCLASS = "vendor.Extension";
    private static final String TOO_NEW = "vendor.TooNew";
    private static final int CLASS_VERSION_AT = 7;

    private final List<BrokenProvider> broken = new ArrayList<>();

    @TempDir
    private Path directory;

    @Test
    void all_providersOfTheContextLoader_areCreatedInOrder() throws Exception {
        List<DatabaseListenerFactory> found = with(services(First.class.getName(), Second.class.getName()), this::all);

        assertThat(found).hasExactlyElementsOfTypes(First.class, Second.class);
        assertThat(broken).isEmpty();
    }

    @Test
    void all_noServiceFile_isEmpty() throws Exception {
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

    static Stream<Arguments> faults() {
        String remove = "Correct or remove the entry";
        return Stream.of(
                Arguments.of(
                        "vendor.Absent",
                        "vendor.Absent, which is not on the class path",
                        "Add the jar that has the class, or remove the entry"),
                Arguments.of(
                        ServiceProvidersTest.class.getName(),
                        ServiceProvidersTest.class.getName() + ", which does not implement it",
                        remove),
                Arguments.of(Unfinished.class.getName(), Unfinished.class.getName() + ", which is abstract", remove),
                Arguments.of(Hidden.class.getName(), Hidden.class.getName() + ", which is not public", remove),
                Arguments.of(
                        Configured.class.getName(),
                        Configured.class.getName() + ", which has no public constructor without parameters",
                        remove),
                Arguments.of(
                        Failing.class.getName(),
                        Failing.class.getName()
                                + ", which cannot be created, because of java.lang.IllegalStateException",
                        "See the cause, or remove the entry"),
                Arguments.of(
                        WITHOUT_ITS_SUPERCLASS,
                        WITHOUT_ITS_SUPERCLASS
                                + ", which cannot be loaded, because of java.lang.NoClassDefFoundError (vendor/Base)",
                        "Add the jars that it needs, or remove the entry"),
                Arguments.of(
                        TOO_NEW,
                        TOO_NEW + ", which was compiled for a later version of Java than "
                                + Runtime.version().feature(),
                        "Use a version of the jar for this Java, or remove the entry"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faults")
    void all_entryThatIsNoProvider_isNamedWithItsDirectoryAndTheOthersAreCreated(String entry, String what, String fix)
            throws Exception {
        List<DatabaseListenerFactory> found = with(services(entry, Second.class.getName()), this::all);

        assertThat(found).hasExactlyElementsOfTypes(Second.class);
        assertThat(broken).singleElement().satisfies(provider -> {
            assertThat(provider.message())
                    .isEqualTo(directory + " lists as a provider of DatabaseListenerFactory " + what + ".");
            assertThat(provider.fix()).isEqualTo(fix + ": " + FILE + ".");
            assertThat(provider.service()).isEqualTo(SERVICE);
            assertThat(provider.cause()).isNotNull();
        });
    }

    @Test
    void all_severalFaultsInSeveralJars_areAllNamedWithTheirJarsAndCauses() throws Exception {
        Path one = jar("one.jar", "vendor.Absent # the first", First.class.getName());
        Path two = jar("two libs.jar", "# nothing", "", Failing.class.getName(), Second.class.getName());

        List<DatabaseListenerFactory> found = withJars(List.of(one, two), this::all);

        assertThat(found).hasExactlyElementsOfTypes(First.class, Second.class);
        assertThat(broken)
                .extracting(BrokenProvider::message)
                .containsExactly(
                        one + " lists as a provider of DatabaseListenerFactory vendor.Absent, which is not on the class"
                                + " path.",
                        two + " lists as a provider of DatabaseListenerFactory " + Failing.class.getName()
                                + ", which cannot be created, because of java.lang.IllegalStateException.");
        assertThat(broken.get(1).cause()).hasRootCauseMessage("no licence");
    }

    @Test
    void all_lineThatIsNoClassName_isReportedOnce() throws Exception {
        assertThat(with(services("not a class name", Second.class.getName()), this::all))
                .isEmpty();
        assertThat(broken)
                .extracting(BrokenProvider::message)
                .containsExactly(directory
                        + " lists as a provider of DatabaseListenerFactory a line that is not the name of a class.");
    }

    @Test
    void all_entryThatIsBrokenWithoutAHandler_isAProblemOfTheConfiguration() throws Exception {
        ServicesOnClassPath services = services("vendor.Absent", WITHOUT_ITS_SUPERCLASS);

        assertThatThrownBy(() -> with(services, () -> ServiceProviders.all(DatabaseListenerFactory.class)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage(String.join(
                        System.lineSeparator(),
                        "Cannot open the database: 2 settings need attention.",
                        "",
                        "  1. " + directory + " lists as a provider of DatabaseListenerFactory vendor.Absent, which is"
                                + " not on the class path.",
                        "     Add the jar that has the class, or remove the entry: " + FILE + ".",
                        "",
                        "  2. " + directory + " lists as a provider of DatabaseListenerFactory vendor.Extension, which"
                                + " cannot be loaded, because of java.lang.NoClassDefFoundError (vendor/Base).",
                        "     Add the jars that it needs, or remove the entry: " + FILE + ".",
                        ""))
                .hasCauseInstanceOf(java.util.ServiceConfigurationError.class);
    }

    private List<DatabaseListenerFactory> all() {
        return ServiceProviders.all(DatabaseListenerFactory.class, broken);
    }

    private ServicesOnClassPath services(String... lines) throws IOException {
        return ServicesOnClassPath.listing(directory, DatabaseListenerFactory.class, List.of(lines));
    }

    private Path jar(String name, String... lines) throws IOException {
        Path jar = directory.resolve(name);
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream content = new JarOutputStream(file)) {
            content.putNextEntry(new ZipEntry(FILE));
            content.write(String.join("\n", lines).getBytes(StandardCharsets.UTF_8));
        }
        return jar;
    }

    private static <T> T withJars(List<Path> jars, Callable<T> action) throws Exception {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        List<URL> urls = new ArrayList<>();
        for (Path jar : jars) {
            urls.add(jar.toUri().toURL());
        }
        try (URLClassLoader loader = new URLClassLoader(urls.toArray(URL[]::new), before)) {
            thread.setContextClassLoader(loader);
            return action.call();
        } finally {
            thread.setContextClassLoader(before);
        }
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

    /** Has a class whose superclass is missing, and one that no released JVM can load. */
    private static final class IncompleteLoader extends ClassLoader {

        IncompleteLoader(ClassLoader parent) {
            super(parent);
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.equals(WITHOUT_ITS_SUPERCLASS)) {
                throw new NoClassDefFoundError("vendor/Base");
            }
            if (name.equals(TOO_NEW)) {
                byte[] bytes = bytes();
                bytes[CLASS_VERSION_AT] = Byte.MAX_VALUE;
                return defineClass(null, bytes, 0, bytes.length);
            }
            return super.loadClass(name, resolve);
        }

        private static byte[] bytes() {
            try (InputStream file = First.class.getResourceAsStream("ServiceProvidersTest$First.class")) {
                return file.readAllBytes();
            } catch (IOException e) {
                throw new AssertionError(e);
            }
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

    /** A class that lacks a method. */
    public abstract static class Unfinished implements DatabaseListenerFactory {}

    /** A class that only this package can use. */
    static final class Hidden extends First {}

    /** A class whose constructor needs a value. */
    public static final class Configured extends First {

        /** Ignores the value. */
        public Configured(String value) {}
    }
}
