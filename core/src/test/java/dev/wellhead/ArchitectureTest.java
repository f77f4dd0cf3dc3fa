package dev.wellhead;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.INTERFACES;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import dev.wellhead.testkit.Repository;
import java.io.IOException;
import java.time.Clock;
import java.time.temporal.Temporal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.Timer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The dependency rules and the house rules that no compiler checks. */
class ArchitectureTest {

    /** A package may use the packages before it in this list, but not those after it. */
    private static final List<String> ORDER = List.of(
            "dev.wellhead.internal.text",
            "dev.wellhead.internal.definitions",
            "dev.wellhead.internal.files",
            "dev.wellhead.internal.pem",
            "dev.wellhead.tls",
            "dev.wellhead.credentials",
            "dev.wellhead.settings",
            "dev.wellhead.spi",
            "dev.wellhead.internal.libraries",
            "dev.wellhead.internal.metrics",
            "dev.wellhead.internal.providers",
            "dev.wellhead.internal.types",
            "dev.wellhead.internal.url",
            "dev.wellhead.internal.names",
            "dev.wellhead.internal.sources",
            "dev.wellhead.internal.resolve",
            "dev.wellhead.internal.secret",
            "dev.wellhead.internal.credentials",
            "dev.wellhead.internal.command",
            "dev.wellhead.internal.connect.net",
            "dev.wellhead.internal.connect.tls",
            "dev.wellhead.internal.connect.driver",
            "dev.wellhead.internal.connect.failure",
            "dev.wellhead.internal.connect.login",
            "dev.wellhead.internal.connect",
            "dev.wellhead.internal.pool.rotation",
            "dev.wellhead.internal.pool.liveness",
            "dev.wellhead.internal.pool.roles",
            "dev.wellhead.internal.pool.recovery",
            "dev.wellhead.internal.pool",
            "dev.wellhead.internal.open",
            "dev.wellhead.jdbc",
            "dev.wellhead");

    private static final Set<String> THREAD_MAKERS = Set.of(
            "dev.wellhead.internal.connect.net.NameResolver",
            "dev.wellhead.internal.credentials.RefreshThreads",
            "dev.wellhead.internal.files.FileThreads",
            "dev.wellhead.internal.open.StartClasses",
            "dev.wellhead.internal.pool.rotation.MaintenanceThread",
            // an executor that creates no threads
            "dev.wellhead.internal.pool.rotation.Housekeeping");

    private static final Pattern SENSITIVE =
            Pattern.compile("(?i).*(password|passphrase|token|privatekey|secret(?!id)).*");

    /** JSSE has the terms key manager and trust manager. */
    private static final Pattern SAYS_NOTHING =
            Pattern.compile("(Abstract.*|.*(Impl|(?<!Key|Trust)Manager|Helper|Utils?|Utility))");

    private static final JavaClasses CORE = new ClassFileImporter()
            .importUrl(Databases.class.getProtectionDomain().getCodeSource().getLocation());

    @Test
    void packages_ofCore_areTheOnesWithAPlaceInTheOrder() {
        assertThat(CORE.stream().map(JavaClass::getPackageName).distinct()).containsExactlyInAnyOrderElementsOf(ORDER);
    }

    /** In a row, {@code .name} is a sibling of the package before it. */
    @Test
    void packages_inTheTableOfTheDesign_haveTheSameOrder() throws IOException {
        List<String> table = new ArrayList<>();
        for (String line : Repository.read("docs/design.md").lines().toList()) {
            if (line.startsWith("| `dev.wellhead")) {
                Matcher name = Pattern.compile("`([a-z.]+)`").matcher(line.split("\\|", -1)[1]);
                while (name.find()) {
                    String sibling = name.group(1);
                    String last = table.isEmpty() ? "" : table.get(table.size() - 1);
                    table.add(sibling.startsWith(".") ? last.substring(0, last.lastIndexOf('.')) + sibling : sibling);
                }
            }
        }

        assertThat(table).containsExactlyElementsOf(ORDER);
    }

    static Stream<String> packages() {
        return ORDER.stream();
    }

    static Stream<String> packagesButTheLast() {
        return packages().limit(ORDER.size() - 1);
    }

    @ParameterizedTest
    @MethodSource("packagesButTheLast")
    void package_dependencies_goOneWay(String name) {
        List<String> behind = ORDER.subList(ORDER.indexOf(name) + 1, ORDER.size());
        check(noClasses()
                .that()
                .resideInAPackage(name)
                .should()
                .dependOnClassesThat(resideInAnyPackage(behind.toArray(String[]::new))));
    }

    @Test
    void packages_cycles_areNone() {
        check(slices().matching("dev.wellhead.internal.(*)..").should().beFreeOfCycles());
    }

    @ParameterizedTest
    @MethodSource("packages")
    void package_classes_doNotUseEachOtherInACycle(String name) {
        check(slices().assignedFrom(new TopLevelClasses(name))
                .should()
                .beFreeOfCycles()
                // an interface may name and create its implementations
                .ignoreDependency(INTERFACES, alwaysTrue()));
    }

    @ParameterizedTest
    @MethodSource("packages")
    void package_nullness_isMarked(String name) {
        assertThat(CORE.getPackage(name).isAnnotatedWith("org.jspecify.annotations.NullMarked"))
                .isTrue();
    }

    @Test
    void dependencies_thirdParties_areTheFiveOfTheClassPathAndTheOptionalOne() {
        check(classes()
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(
                        "java..",
                        "javax..",
                        "jdk.net..",
                        "dev.wellhead..",
                        "com.zaxxer.hikari..",
                        "org.postgresql..",
                        "com.typesafe.config..",
                        "org.slf4j..",
                        "org.jspecify.annotations..",
                        "org.bouncycastle..")));
    }

    @Test
    void dependencies_eachThirdParty_isTheBusinessOfOnePackage() {
        check(onlyIn("dev.wellhead.internal.pool", "com.zaxxer.."));
        check(noClasses()
                .that()
                .resideOutsideOfPackage("dev.wellhead.internal.connect..")
                .and(describe("do not read the driver's list of properties", type -> !type.getName()
                        .equals("dev.wellhead.internal.url.DriverValue")))
                .should()
                .dependOnClassesThat(resideInAPackage("org.postgresql..")));
        // both parse texts: configuration files, and secrets in JSON
        check(noClasses()
                .that()
                .resideOutsideOfPackages("dev.wellhead.internal.sources", "dev.wellhead.internal.secret")
                .should()
                .dependOnClassesThat(resideInAPackage("com.typesafe..")));
        check(noClasses()
                .that()
                .doNotHaveFullyQualifiedName("dev.wellhead.internal.pem.BouncyCastleKeys")
                .should()
                .dependOnClassesThat(resideInAPackage("org.bouncycastle..")));
    }

    @Test
    void signatures_publicOnes_nameOnlyOurTypesAndTheJdks() {
        assertThat(publicCodeUnits().flatMap(unit -> unit.getAllInvolvedRawTypes().stream()
                        .map(type -> type.getBaseComponentType().getName())
                        .filter(type -> type.contains(".") && !type.matches("(java|javax|dev\\.wellhead)\\..*"))
                        .map(type -> unit.getFullName() + ": " + type)))
                .isEmpty();
    }

    @Test
    void signatures_publicOnes_takeNoOptional() {
        assertThat(publicCodeUnits()
                        .filter(unit -> unit.getRawParameterTypes().stream()
                                .anyMatch(type -> type.isEquivalentTo(Optional.class)))
                        .map(JavaCodeUnit::getFullName))
                .isEmpty();
    }

    @Test
    void types_publicOnes_areClosedForExtension() {
        assertThat(CORE.stream()
                        .filter(type -> type.isTopLevelClass() && isPublic(type))
                        .filter(type -> !type.isInterface() && !type.isEnum() && !type.isRecord())
                        .filter(type -> !type.getModifiers().contains(JavaModifier.FINAL)
                                && !type.reflect().isSealed())
                        .map(JavaClass::getName))
                .isEmpty();
    }

    @Test
    void types_names_sayWhatDiffers() {
        assertThat(CORE.stream()
                        .filter(type ->
                                SAYS_NOTHING.matcher(type.getSimpleName()).matches())
                        .map(JavaClass::getName))
                .isEmpty();
    }

    /** A record shows its components in toString(); a sensitive component needs a type that hides its value. */
    @Test
    void records_sensitiveComponents_areNoText() {
        assertThat(CORE.stream()
                        .filter(JavaClass::isRecord)
                        .flatMap(type -> type.getFields().stream())
                        .filter(field -> !field.getModifiers().contains(JavaModifier.STATIC))
                        .filter(field -> SENSITIVE.matcher(field.getName()).matches() && isText(field))
                        .map(JavaField::getFullName))
                .isEmpty();
    }

    @Test
    void process_environmentAndSystemProperties_areReadInOnePlace() {
        check(noClasses()
                .that()
                .doNotHaveFullyQualifiedName("dev.wellhead.internal.sources.ProcessEnvironment")
                .should()
                .accessTargetWhere(is(System.class, "getenv", "getProperty", "getProperties")
                        .or(is(Boolean.class, "getBoolean"))
                        .or(is(Integer.class, "getInteger"))
                        .or(is(Long.class, "getLong"))));
    }

    /**
     * Durations are measured with the monotonic clock, which is a parameter if a test has to control it. The validity
     * of a revocation list and the expiration of credentials are dates.
     */
    @Test
    void process_wallClock_isReadInTwoPlaces() {
        check(noClasses()
                .that()
                .doNotHaveFullyQualifiedName("dev.wellhead.internal.connect.tls.RevocationCheck")
                .and()
                .doNotHaveFullyQualifiedName("dev.wellhead.internal.credentials.RefreshClock$1")
                .should()
                .accessTargetWhere(is(System.class, "currentTimeMillis")
                        .or(is(Clock.class, "systemUTC", "systemDefaultZone", "system", "tickSeconds"))
                        .or(is(Temporal.class, "now"))));
    }

    /**
     * Only name resolution, refreshes, file reads and maintenance have threads, which all databases of a process share.
     */
    @Test
    void process_threads_areCreatedInFourPlaces() {
        check(noClasses()
                .that(describe("are not " + THREAD_MAKERS, type -> THREAD_MAKERS.stream()
                        .noneMatch(type.getName()::startsWith)))
                .should()
                .accessTargetWhere(is(Thread.class, "<init>", "startVirtualThread", "ofVirtual", "ofPlatform")
                        .or(is(ExecutorService.class, "<init>"))
                        .or(is(Executors.class, "newCachedThreadPool", "newFixedThreadPool", "newScheduledThreadPool"))
                        .or(is(Executors.class, "newSingleThreadExecutor", "newSingleThreadScheduledExecutor"))
                        .or(is(Executors.class, "newWorkStealingPool", "newThreadPerTaskExecutor"))
                        .or(is(CompletableFuture.class, "runAsync", "supplyAsync", "orTimeout", "completeOnTimeout"))
                        .or(is(ForkJoinPool.class, "commonPool"))
                        .or(is(Collection.class, "parallelStream"))
                        .or(is(Timer.class, "<init>"))));
    }

    @Test
    void process_globalState_isNotChanged() {
        check(noClasses()
                .should()
                .accessTargetWhere(is(System.class, "out", "err", "in", "exit", "setOut", "setErr", "setProperty")
                        .or(is(Throwable.class, "printStackTrace"))
                        .or(is(Runtime.class, "exit", "halt"))));
    }

    /** Each top-level class of one package, with its nested classes, is a slice. */
    private record TopLevelClasses(String room) implements SliceAssignment {

        @Override
        public SliceIdentifier getIdentifierOf(JavaClass type) {
            JavaClass outermost = type;
            while (outermost.getEnclosingClass().isPresent()) {
                outermost = outermost.getEnclosingClass().get();
            }
            return type.getPackageName().equals(room)
                    ? SliceIdentifier.of(outermost.getSimpleName())
                    : SliceIdentifier.ignore();
        }

        @Override
        public String getDescription() {
            return "classes of " + room;
        }
    }

    private static void check(ArchRule rule) {
        rule.check(CORE);
    }

    private static ArchRule onlyIn(String room, String library) {
        return noClasses().that().resideOutsideOfPackage(room).should().dependOnClassesThat(resideInAPackage(library));
    }

    private static DescribedPredicate<JavaAccess<?>> is(Class<?> owner, String... names) {
        Set<String> wanted = Set.of(names);
        return describe(
                owner.getSimpleName() + "." + wanted,
                access -> wanted.contains(access.getTarget().getName())
                        && access.getTarget().getOwner().isAssignableTo(owner));
    }

    /** The API for users: public members of public types in exported packages. */
    private static Stream<JavaCodeUnit> publicCodeUnits() {
        return CORE.stream()
                .filter(type -> isPublic(type) && !type.getPackageName().startsWith("dev.wellhead.internal."))
                .flatMap(type -> type.getCodeUnits().stream())
                .filter(unit -> unit.getModifiers().contains(JavaModifier.PUBLIC));
    }

    private static boolean isPublic(JavaClass type) {
        return type.getModifiers().contains(JavaModifier.PUBLIC);
    }

    private static boolean isText(JavaField field) {
        JavaClass type = field.getRawType();
        return type.isAssignableTo(CharSequence.class)
                || type.isEquivalentTo(char[].class)
                || type.isEquivalentTo(byte[].class);
    }
}
