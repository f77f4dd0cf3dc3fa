package dev.wellhead;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The public API is listed in a file, so that a review shows each change. */
class PublicApiTest {

    private static final Path LISTING = Path.of("..", "docs", "api", "core.txt");

    private static final Set<String> EXPORTED = Set.of(
            "dev.wellhead",
            "dev.wellhead.credentials",
            "dev.wellhead.jdbc",
            "dev.wellhead.settings",
            "dev.wellhead.spi",
            "dev.wellhead.tls");

    private static final String UPDATE = "wellhead.api.update";

    @Test
    void publicApi_listing_isWhatIsCommitted() throws Exception {
        String listing = listing();
        if (Boolean.getBoolean(UPDATE)) {
            Files.createDirectories(LISTING.getParent());
            Files.writeString(LISTING, listing);
        }
        assertThat(listing)
                .as("The public API of core against docs/api/core.txt. Where the change is meant:"
                        + " mvn -pl core -am test -Dtest=PublicApiTest -Dsurefire.failIfNoSpecifiedTests=false -D"
                        + UPDATE + "=true")
                .isEqualTo(Files.readString(LISTING));
    }

    private static String listing() throws IOException, URISyntaxException {
        StringBuilder text = new StringBuilder();
        for (Class<?> type : publicTypes()) {
            text.append(header(type)).append('\n');
            members(type).forEach(member -> text.append("    ").append(member).append('\n'));
            text.append('\n');
        }
        return text.toString();
    }

    private static List<Class<?>> publicTypes() throws IOException, URISyntaxException {
        Path classes = Path.of(Databases.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        try (Stream<Path> files = Files.walk(classes)) {
            return files.map(file -> classes.relativize(file).toString().replace('/', '.'))
                    .filter(name ->
                            name.startsWith("dev.") && name.endsWith(".class") && !name.contains("package-info"))
                    .map(name -> name.substring(0, name.length() - ".class".length()))
                    .sorted()
                    .<Class<?>>map(PublicApiTest::load)
                    .filter(type -> EXPORTED.contains(type.getPackageName()) && isReachable(type))
                    .toList();
        }
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name, false, PublicApiTest.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean isReachable(Class<?> type) {
        return isApi(type.getModifiers())
                && !type.isAnonymousClass()
                && (type.getEnclosingClass() == null || isReachable(type.getEnclosingClass()));
    }

    private static boolean isApi(int modifiers) {
        return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
    }

    private static String header(Class<?> type) {
        // reflection of Java 17 does not report these two; the permits clause implies them
        StringBuilder text = new StringBuilder(
                type.toGenericString().replace("non-sealed ", "").replace("sealed ", ""));
        if (type.isRecord()) {
            text.append(Arrays.stream(type.getRecordComponents())
                    .map(component -> component.getGenericType().getTypeName() + " " + component.getName())
                    .collect(Collectors.joining(", ", "(", ")")));
        }
        if (type.getSuperclass() != null
                && !type.isRecord()
                && !type.isEnum()
                && type.getSuperclass() != Object.class) {
            text.append(" extends ").append(type.getGenericSuperclass().getTypeName());
        }
        if (type.getGenericInterfaces().length > 0) {
            text.append(type.isInterface() ? " extends " : " implements ").append(names(type.getGenericInterfaces()));
        }
        if (type.isSealed() && !type.isEnum()) {
            text.append(" permits ")
                    .append(names(Arrays.stream(type.getPermittedSubclasses())
                            .filter(PublicApiTest::isReachable)
                            // the compiler's order depends on the order in which it reads the files
                            .sorted(Comparator.comparing(Class::getName))
                            .toArray(Class<?>[]::new)));
        }
        return text.toString().replace("java.lang.", "");
    }

    private static String names(Type[] types) {
        return Arrays.stream(types).map(Type::getTypeName).collect(Collectors.joining(", "));
    }

    private static List<String> members(Class<?> type) {
        return Stream.<Stream<? extends Member>>of(
                        Arrays.stream(type.getDeclaredFields()),
                        Arrays.stream(type.getDeclaredConstructors()),
                        Arrays.stream(type.getDeclaredMethods()))
                .flatMap(members -> members)
                .filter(member -> isApi(member.getModifiers()) && !member.isSynthetic())
                .sorted(Comparator.comparing((Member member) -> member.getName())
                        .thenComparing(PublicApiTest::text))
                .map(PublicApiTest::text)
                .toList();
    }

    private static String text(Member member) {
        String text = member instanceof Method method
                ? method.toGenericString()
                : member instanceof Field field ? field.toGenericString() : ((Constructor<?>) member).toGenericString();
        return text.replace(member.getDeclaringClass().getName() + ".", "").replace("java.lang.", "");
    }
}
