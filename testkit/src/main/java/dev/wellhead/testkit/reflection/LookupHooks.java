package dev.wellhead.testkit.reflection;

import dev.wellhead.testkit.reflection.Lookup.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Enumeration;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectInstance;
import javax.management.ObjectName;
import javax.management.StandardMBean;
import org.jspecify.annotations.Nullable;

/**
 * The methods that {@link CallSites} puts in the place of the JDK's. Each one records the call and then makes it. The
 * last two parameters are the class that contains the call, and its name with that of the method.
 */
public final class LookupHooks {

    private static final Set<Lookup> LOOKUPS = ConcurrentHashMap.newKeySet();

    private LookupHooks() {}

    static void writeAtExit(Path file) {
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            try {
                                Files.write(
                                        file,
                                        LOOKUPS.stream()
                                                .map(Lookup::line)
                                                .sorted()
                                                .toList());
                            } catch (IOException e) {
                                System.err.println(e);
                            }
                        },
                        "testkit-lookups"));
    }

    private static void record(Kind kind, @Nullable String name, String caller) {
        LOOKUPS.add(new Lookup(kind, String.valueOf(name), caller));
    }

    public static Class<?> forName(String name, Class<?> type, String caller) throws ClassNotFoundException {
        record(Kind.TYPE, name, caller);
        return Class.forName(name, true, type.getClassLoader());
    }

    public static Class<?> forName(String name, boolean initialize, ClassLoader loader, Class<?> type, String caller)
            throws ClassNotFoundException {
        record(Kind.TYPE, name, caller);
        return Class.forName(name, initialize, loader);
    }

    public static Class<?> loadClass(ClassLoader loader, String name, Class<?> type, String caller)
            throws ClassNotFoundException {
        record(Kind.TYPE, name, caller);
        return loader.loadClass(name);
    }

    public static Object newInstance(Class<?> of, Class<?> type, String caller) throws ReflectiveOperationException {
        record(Kind.CONSTRUCTORS, of.getName(), caller);
        Constructor<?> constructor = of.getDeclaredConstructor();
        constructor.setAccessible(true);
        return constructor.newInstance();
    }

    public static Constructor<?> getConstructor(Class<?> of, Class<?>[] parameters, Class<?> type, String caller)
            throws NoSuchMethodException {
        record(Kind.CONSTRUCTORS, of.getName(), caller);
        return of.getConstructor(parameters);
    }

    public static Constructor<?> getDeclaredConstructor(
            Class<?> of, Class<?>[] parameters, Class<?> type, String caller) throws NoSuchMethodException {
        record(Kind.CONSTRUCTORS, of.getName(), caller);
        return of.getDeclaredConstructor(parameters);
    }

    public static Constructor<?>[] getConstructors(Class<?> of, Class<?> type, String caller) {
        record(Kind.CONSTRUCTORS, of.getName(), caller);
        return of.getConstructors();
    }

    public static Constructor<?>[] getDeclaredConstructors(Class<?> of, Class<?> type, String caller) {
        record(Kind.CONSTRUCTORS, of.getName(), caller);
        return of.getDeclaredConstructors();
    }

    public static Method getMethod(Class<?> of, String name, Class<?>[] parameters, Class<?> type, String caller)
            throws NoSuchMethodException {
        record(Kind.METHODS, of.getName(), caller);
        return of.getMethod(name, parameters);
    }

    public static Method getDeclaredMethod(
            Class<?> of, String name, Class<?>[] parameters, Class<?> type, String caller)
            throws NoSuchMethodException {
        record(Kind.METHODS, of.getName(), caller);
        return of.getDeclaredMethod(name, parameters);
    }

    public static Method[] getMethods(Class<?> of, Class<?> type, String caller) {
        record(Kind.METHODS, of.getName(), caller);
        return of.getMethods();
    }

    public static Method[] getDeclaredMethods(Class<?> of, Class<?> type, String caller) {
        record(Kind.METHODS, of.getName(), caller);
        return of.getDeclaredMethods();
    }

    public static Field getField(Class<?> of, String name, Class<?> type, String caller) throws NoSuchFieldException {
        record(Kind.FIELDS, of.getName(), caller);
        return of.getField(name);
    }

    public static Field getDeclaredField(Class<?> of, String name, Class<?> type, String caller)
            throws NoSuchFieldException {
        record(Kind.FIELDS, of.getName(), caller);
        return of.getDeclaredField(name);
    }

    public static Field[] getFields(Class<?> of, Class<?> type, String caller) {
        record(Kind.FIELDS, of.getName(), caller);
        return of.getFields();
    }

    public static Field[] getDeclaredFields(Class<?> of, Class<?> type, String caller) {
        record(Kind.FIELDS, of.getName(), caller);
        return of.getDeclaredFields();
    }

    public static @Nullable URL getResource(Class<?> of, String name, Class<?> type, String caller) {
        record(Kind.RESOURCE, absolute(of, name), caller);
        return of.getResource(name);
    }

    public static @Nullable InputStream getResourceAsStream(Class<?> of, String name, Class<?> type, String caller) {
        record(Kind.RESOURCE, absolute(of, name), caller);
        return of.getResourceAsStream(name);
    }

    public static @Nullable URL getResource(ClassLoader loader, String name, Class<?> type, String caller) {
        record(Kind.RESOURCE, name, caller);
        return loader.getResource(name);
    }

    public static Enumeration<URL> getResources(ClassLoader loader, String name, Class<?> type, String caller)
            throws IOException {
        record(Kind.RESOURCE, name, caller);
        return loader.getResources(name);
    }

    public static @Nullable InputStream getResourceAsStream(
            ClassLoader loader, String name, Class<?> type, String caller) {
        record(Kind.RESOURCE, name, caller);
        return loader.getResourceAsStream(name);
    }

    public static Object newProxyInstance(
            ClassLoader loader, Class<?>[] interfaces, InvocationHandler handler, Class<?> type, String caller) {
        record(Kind.PROXY, Arrays.stream(interfaces).map(Class::getName).collect(Collectors.joining(",")), caller);
        return Proxy.newProxyInstance(loader, interfaces, handler);
    }

    public static ServiceLoader<?> load(Class<?> service, Class<?> type, String caller) {
        record(Kind.SERVICE, service.getName(), caller);
        return ServiceLoader.load(service);
    }

    public static ServiceLoader<?> load(Class<?> service, ClassLoader loader, Class<?> type, String caller) {
        record(Kind.SERVICE, service.getName(), caller);
        return ServiceLoader.load(service, loader);
    }

    public static ObjectInstance registerMBean(
            MBeanServer server, Object bean, ObjectName name, Class<?> type, String caller) throws JMException {
        Class<?> management = bean instanceof StandardMBean standard ? standard.getMBeanInterface() : bean.getClass();
        record(Kind.MXBEAN, management.getName(), caller);
        return server.registerMBean(bean, name);
    }

    private static String absolute(Class<?> of, String name) {
        return name.startsWith("/") ? name.substring(1) : of.getPackageName().replace('.', '/') + "/" + name;
    }
}
