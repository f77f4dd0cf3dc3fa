package dev.wellhead.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Array;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.sql.SQLException;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import javax.management.JMException;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.RuntimeMBeanException;
import org.jspecify.annotations.Nullable;

/** Collects the texts that a library shows in logs, exceptions, objects and JMX, grouped by the place of each text. */
public final class Evidence {

    private final Map<String, StringBuilder> texts = new TreeMap<>();

    /** Starts without evidence. */
    public Evidence() {}

    /** {@return all texts, by where they were seen} */
    public Map<String, String> texts() {
        Map<String, String> all = new TreeMap<>();
        texts.forEach((where, text) -> all.put(where, text.toString()));
        return all;
    }

    /** {@return the forms of a password that were found, by where they were seen} */
    public Map<String, List<String>> of(SensitiveForms password) {
        Map<String, List<String>> found = new TreeMap<>();
        texts.forEach((where, text) -> {
            List<String> forms = password.in(text.toString());
            if (!forms.isEmpty()) {
                found.put(where, forms);
            }
        });
        return found;
    }

    /** Adds an object as its text. */
    public void add(String where, @Nullable Object shown) {
        texts.computeIfAbsent(where, any -> new StringBuilder()).append(shown).append('\n');
    }

    /**
     * Adds a throwable: its stack trace, its parts and its serialized form, with causes, suppressed and next
     * exceptions.
     */
    public void addThrowable(String where, Throwable thrown) {
        StringWriter printed = new StringWriter();
        thrown.printStackTrace(new PrintWriter(printed));
        add(where, printed);
        addParts(where, thrown, Collections.newSetFromMap(new IdentityHashMap<>()));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(thrown);
        } catch (IOException e) {
            // an object that cannot be serialized does not leave the process in this way
        }
        add(where, bytes.toString(ISO_8859_1));
    }

    /**
     * Adds an object: its toString() and the results of its accessors without parameters, except those that open
     * something.
     */
    public void addObject(String where, Object object) {
        add(where, object);
        for (Method method : object.getClass().getMethods()) {
            if (method.getParameterCount() == 0
                    && method.getReturnType() != void.class
                    && !Modifier.isStatic(method.getModifiers())
                    && method.getName().matches("(get(?!Connection)|is)[A-Z].*|toString")
                    && Modifier.isPublic(method.getDeclaringClass().getModifiers())) {
                try {
                    add(where, method.getName() + "=" + method.invoke(object));
                } catch (InvocationTargetException e) {
                    addThrowable(where, Objects.requireNonNull(e.getCause()));
                } catch (IllegalAccessException e) {
                    // the module does not export it
                }
            }
        }
    }

    /** Adds the names of all threads. */
    public void addThreads() {
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            add("thread names", thread.getName() + thread);
        }
    }

    /** Adds every attribute of every MBean of this JVM. */
    public void addMBeans() throws JMException {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        for (ObjectName name : server.queryNames(null, null)) {
            add("JMX", name);
            for (MBeanAttributeInfo attribute : server.getMBeanInfo(name).getAttributes()) {
                try {
                    add("JMX", attribute.getName() + "=" + text(server.getAttribute(name, attribute.getName())));
                } catch (JMException | RuntimeMBeanException e) {
                    add("JMX", attribute.getName() + " cannot be read");
                }
            }
        }
    }

    private void addParts(String where, Throwable thrown, Set<Throwable> seen) {
        if (!seen.add(thrown)) {
            return;
        }
        addObject(where, thrown);
        for (Throwable suppressed : thrown.getSuppressed()) {
            addParts(where, suppressed, seen);
        }
        if (thrown.getCause() != null) {
            addParts(where, thrown.getCause(), seen);
        }
        if (thrown instanceof SQLException sql && sql.getNextException() != null) {
            addParts(where, sql.getNextException(), seen);
        }
    }

    private static String text(@Nullable Object value) {
        if (value == null || !value.getClass().isArray()) {
            return String.valueOf(value);
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < Array.getLength(value); i++) {
            text.append(text(Array.get(value, i))).append(", ");
        }
        return text.toString();
    }
}
