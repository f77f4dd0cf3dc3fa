package dev.wellhead.cli;

import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Passes signals on to a child and survives them meanwhile. A terminal sends an interrupt to the child itself, so that
 * one is passed on only where there is no terminal; psql would otherwise get it twice.
 *
 * <p>By reflection: {@code sun.misc.Signal} is the one way to handle a signal, present in every JDK, and the compiler
 * warns of it without an option to accept it.
 */
final class Signals implements AutoCloseable {

    private final Map<Object, Object> before = new LinkedHashMap<>();
    private final List<String> early = new ArrayList<>();
    private @Nullable Process child;

    private Signals() {}

    /** Holds the signals that come before the child is there. */
    static Signals held() {
        Signals signals = new Signals();
        for (String name : List.of("TERM", "HUP", "INT")) {
            signals.handle(name);
        }
        return signals;
    }

    private void handle(String name) {
        try {
            Class<?> type = Class.forName("sun.misc.Signal");
            Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
            Object signal = type.getConstructor(String.class).newInstance(name);
            Object handler = Proxy.newProxyInstance(
                    Signals.class.getClassLoader(), new Class<?>[] {handlerType}, new Handler(name));
            before.put(signal, type.getMethod("handle", type, handlerType).invoke(null, signal, handler));
        } catch (ReflectiveOperationException notHere) {
            // Windows has no HUP, and nohup keeps it: then it is left as it is
        }
    }

    private synchronized void received(String name) {
        Process running = child;
        if (running == null) {
            early.add(name);
        } else {
            pass(name, running);
        }
    }

    synchronized void passTo(Process process) {
        child = process;
        for (String name : early) {
            pass(name, process);
        }
        early.clear();
    }

    private static void pass(String name, Process process) {
        if (name.equals("INT") && ProcessTerminal.isAtTerminal()) {
            return;
        }
        try {
            new ProcessBuilder("kill", "-s", name, Long.toString(process.pid()))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException noKill) {
            process.destroy();
        }
    }

    @Override
    public void close() {
        before.forEach((signal, handler) -> {
            try {
                Class<?> type = Class.forName("sun.misc.Signal");
                type.getMethod("handle", type, Class.forName("sun.misc.SignalHandler"))
                        .invoke(null, signal, handler);
            } catch (ReflectiveOperationException gone) {
                // it was there a moment ago
            }
        });
    }

    /** A {@code sun.misc.SignalHandler} for one signal. */
    private final class Handler implements InvocationHandler {

        private final String name;

        Handler(String name) {
            this.name = name;
        }

        @Override
        public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] arguments) {
            if (method.getName().equals("handle")) {
                received(name);
                return null;
            }
            if (method.getName().equals("hashCode")) {
                return System.identityHashCode(proxy);
            }
            if (method.getName().equals("equals")) {
                return arguments != null && proxy == arguments[0];
            }
            return "passes " + name + " on";
        }
    }
}
