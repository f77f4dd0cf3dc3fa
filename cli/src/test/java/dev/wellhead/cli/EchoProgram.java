package dev.wellhead.cli;

import java.time.Duration;
import java.util.TreeMap;

/** A program for {@code exec}: prints libpq's variables, or waits for a signal and exits with 42. */
final class EchoProgram {

    private EchoProgram() {}

    /** Without an argument exits with 0; with a number exits with that number. */
    public static void main(String[] arguments) throws InterruptedException {
        if (arguments.length == 1 && arguments[0].equals("trap")) {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                System.out.println("terminated");
                System.out.flush();
                Runtime.getRuntime().halt(42);
            }));
            System.out.println("ready");
            System.out.flush();
            Thread.sleep(Duration.ofMinutes(1).toMillis());
        }
        new TreeMap<>(System.getenv()).forEach((name, value) -> {
            if (name.startsWith("PG")) {
                System.out.println(name + "=" + value);
            }
        });
        System.exit(arguments.length == 0 ? 0 : Integer.parseInt(arguments[0]));
    }
}
