package dev.wellhead.testkit.reflection;

import dev.wellhead.testkit.Repository;
import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The public types of a module with their public and protected members, and the committed file that lists them. */
public final class PublicApi {

    private static final String UPDATE = "wellhead.api.update";

    private final String artifact;
    private final String listing;

    private PublicApi(String artifact, String listing) {
        this.artifact = artifact;
        this.listing = listing;
    }

    /**
     * {@return the API in the packages that the module's descriptor exports to every module}
     *
     * @param artifact the artifact without {@code wellhead-}, which is also the name of the committed file
     * @param directory the directory of the module, relative to that of the tested one
     */
    public static PublicApi ofModule(String artifact, Path directory) throws IOException {
        Path descriptor = classes(directory).resolve("module-info.class");
        try (InputStream content = Files.newInputStream(descriptor)) {
            Set<String> exported = ModuleDescriptor.read(content).exports().stream()
                    .filter(exports -> !exports.isQualified())
                    .map(ModuleDescriptor.Exports::source)
                    .collect(Collectors.toSet());
            return ofPackages(artifact, directory, exported);
        }
    }

    /**
     * {@return the API in some packages. With the system property {@value #UPDATE}, also writes the committed file}
     *
     * @param artifact the artifact without {@code wellhead-}, which is also the name of the committed file
     * @param directory the directory of the module, relative to that of the tested one
     * @param packages the packages
     */
    public static PublicApi ofPackages(String artifact, Path directory, Set<String> packages) throws IOException {
        PublicApi api = new PublicApi(artifact, listing(publicTypes(classes(directory), packages)));
        if (Boolean.getBoolean(UPDATE)) {
            Files.writeString(api.file(), api.listing);
        }
        return api;
    }

    /** {@return the list of types and members} */
    public String listing() {
        return listing;
    }

    /** {@return the content of the committed file; empty if there is none} */
    public String committed() throws IOException {
        return Files.exists(file()) ? Files.readString(file()) : "";
    }

    /** {@return the name of the committed file, and how to update it} */
    public String description() {
        return "The public API and docs/api/" + artifact + ".txt. If the change is intended, add -D" + UPDATE
                + "=true to the command that runs this test.";
    }

    private Path file() {
        return Repository.root().resolve("docs/api/" + artifact + ".txt");
    }

    private static Path classes(Path module) {
        return module.resolve("target/classes");
    }

    private static String listing(List<Class<?>> types) {
        StringBuilder text = new StringBuilder();
        for (Class<?> type : types) {
            text.append(header(type)).append('\n');
            members(type).forEach(member -> text.append("    ").append(member).append('\n'));
            text.append('\n');
        }
        return text.toString();
    }

    private static List<Class<?>> publicTypes(Path classes, Set<String> packages) throws IOException {
        try (Stream<Path> files = Files.walk(classes)) {
            return files.map(file -> classes.relativize(file).toString().replace('/', '.'))
                    .filter(name ->
                            name.startsWith("dev.") && name.endsWith(".class") && !name.contains("package-info"))
                    .map(name -> name.substring(0, name.length() - ".class".length()))
                    .filter(name -> packages.contains(name.substring(0, name.lastIndexOf('.'))))
                    .sorted()
                    .<Class<?>>map(PublicApi::load)
                    .filter(PublicApi::isReachable)
                    .toList();
        }
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name, false, PublicApi.class.getClassLoader());
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
                            .filter(PublicApi::isReachable)
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
                        .thenComparing(PublicApi::text))
                .map(PublicApi::text)
                .toList();
    }

    private static String text(Member member) {
        String text = member instanceof Method method
                ? method.toGenericString()
                : member instanceof Field field ? field.toGenericString() : ((Constructor<?>) member).toGenericString();
        return text.replace(member.getDeclaringClass().getName() + ".", "").replace("java.lang.", "");
    }
}
