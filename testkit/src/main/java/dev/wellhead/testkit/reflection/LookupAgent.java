package dev.wellhead.testkit.reflection;

import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.nio.file.Path;
import java.security.ProtectionDomain;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A Java agent that records the lookups of all classes on the class path, except those of the test itself. */
public final class LookupAgent {

    private static final List<String> OMITTED = List.of(
            "dev/wellhead/testkit/",
            "net/bytebuddy/",
            "org/junit/",
            "org/assertj/",
            "ch/qos/logback/",
            "com/google/gson/");

    private LookupAgent() {}

    /**
     * Called by the JVM.
     *
     * @param file the file to write when the program ends
     */
    public static void premain(String file, Instrumentation instrumentation) {
        LookupHooks.writeAtExit(Path.of(file));
        instrumentation.addTransformer(new ClassFileTransformer() {
            @Override
            public byte @Nullable [] transform(
                    @Nullable ClassLoader loader,
                    String className,
                    @Nullable Class<?> redefined,
                    ProtectionDomain domain,
                    byte[] classFile) {
                boolean isOfJdk = loader == null || loader == ClassLoader.getPlatformClassLoader();
                if (isOfJdk || className == null || OMITTED.stream().anyMatch(className::startsWith)) {
                    return null;
                }
                try {
                    return CallSites.replaced(classFile);
                } catch (RuntimeException e) {
                    // the JVM would ignore it, and the recording would be incomplete
                    System.err.println("cannot trace " + className + ": " + e);
                    Runtime.getRuntime().halt(99);
                    return null;
                }
            }
        });
    }
}
