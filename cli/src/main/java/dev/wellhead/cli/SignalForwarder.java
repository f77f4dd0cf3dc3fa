package dev.wellhead.cli;

import dev.wellhead.cli.output.Terminal;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Forwards TERM, HUP and INT to a child process instead of ending this one. At a terminal the kernel sends INT to the
 * child process as well, so it is forwarded only if there is no terminal.
 *
 * <p>A signal that was ignored when this process started stays ignored in both processes, as with {@code nohup} and
 * with background jobs of a script: the JVM installs no handler for it, and the child process inherits the disposition.
 *
 * <p>{@code sun.misc.Signal} is the only API for signals and part of every JDK (module jdk.unsupported). It is used by
 * reflection because javac warns about it and has no supported option to suppress that warning.
 */
final class SignalForwarder implements AutoCloseable {

    private final Map<Object, Object> previousHandlers = new LinkedHashMap<>();
    private final List<String> pending = new ArrayList<>();
    private @Nullable Process child;

    private SignalForwarder() {}

    /** Starts to collect signals; those that arrive before {@link #forwardTo} are forwarded then. */
    static SignalForwarder start() {
        SignalForwarder forwarder = new SignalForwarder();
        for (String name : List.of("TERM", "HUP", "INT")) {
            forwarder.handle(name);
        }
        return forwarder;
    }

    synchronized void forwardTo(Process process) {
        child = process;
        pending.forEach(name -> send(name, process));
        pending.clear();
    }

    private void handle(String name) {
        try {
            Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
            Object signal = Class.forName("sun.misc.Signal")
                    .getConstructor(String.class)
                    .newInstance(name);
            Object handler = Proxy.newProxyInstance(
                    SignalForwarder.class.getClassLoader(),
                    new Class<?>[] {handlerType},
                    (proxy, method, arguments) -> {
                        if (method.getName().equals("handle")) {
                            received(name);
                            return null;
                        }
                        // equals, hashCode and toString, which the JDK does not call
                        throw new UnsupportedOperationException(method.getName());
                    });
            previousHandlers.put(signal, install(signal, handler));
        } catch (ReflectiveOperationException notSupported) {
            // Windows has no HUP, and java -Xrs leaves all three to the operating system
        }
    }

    private static Object install(Object signal, Object handler) throws ReflectiveOperationException {
        Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
        return signal.getClass()
                .getMethod("handle", signal.getClass(), handlerType)
                .invoke(null, signal, handler);
    }

    private synchronized void received(String name) {
        if (child == null) {
            pending.add(name);
        } else {
            send(name, child);
        }
    }

    private static void send(String name, Process process) {
        if (name.equals("INT") && Terminal.isAttached()) {
            return;
        }
        try {
            // Process.destroy() can only send TERM; small images have this command only in the shell
            new ProcessBuilder("sh", "-c", "kill -s \"$0\" \"$1\"", name, Long.toString(process.pid()))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException noShell) {
            process.destroy();
        }
    }

    /** Restores the handlers that were there before. */
    @Override
    public void close() {
        previousHandlers.forEach((signal, handler) -> {
            try {
                install(signal, handler);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            }
        });
    }
}
