package dev.wellhead.cli;

import java.time.Duration;
import java.util.TreeMap;

/** A program to be run by {@code exec}: prints what it was given, or waits for a signal that it then takes its time with. */
final class Environment {

    private Environment() {}

    /** With no argument prints the variables of libpq; with a number ends with that. */
    public static void main(String[] arguments) throws InterruptedException {
        if (arguments.length == 1 && arguments[0].equals("trap")) {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                System.out.println("told to end");
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
