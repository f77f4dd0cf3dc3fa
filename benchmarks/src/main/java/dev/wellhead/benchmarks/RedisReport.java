package dev.wellhead.benchmarks;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;

/** The results of the Redis benchmarks as a page. */
final class RedisReport {

    private final double usedByOthers;
    private final String serverVersion;
    private final List<Comparison> firstCommand;
    private final StringBuilder rotations = new StringBuilder();

    RedisReport(double usedByOthers, String serverVersion, List<Comparison> firstCommand) {
        this.usedByOthers = usedByOthers;
        this.serverVersion = serverVersion;
        this.firstCommand = firstCommand;
    }

    void rotation(String library, boolean twoPasswords, int gapSeconds, RedisRotation.Effects effects) {
        boolean isWellhead = library.equals("wellhead");
        rotations.append(String.format(
                Locale.ROOT,
                "| %s | %s | %d s | %d | %d | %d | %d | %.0f | %s |%n",
                isWellhead ? "Wellhead" : "Lettuce without Wellhead, fixed password",
                twoPasswords ? "two" : "one",
                gapSeconds,
                effects.killed(),
                effects.load().commands(),
                effects.load().failed(),
                effects.load().resets(),
                effects.load().longestMillis(),
                isWellhead ? effects.reads() : ""));
    }

    String text() {
        return """
                # Benchmarks: Redis

                `mvn -q -Pbenchmarks -Dwhat=redis verify -pl benchmarks -am` writes this page. With `-Dbenchmarks.quick`, it takes a short sample
                and does not change the page. Both programs use the same Lettuce and the same Redis on the same machine.

                """
                + "- Date: " + LocalDate.now(ZoneOffset.UTC) + "\n- Machine: "
                + Machine.current().describe()
                + "\n- CPU used by other processes before and after the starts: " + Machine.percent(usedByOthers)
                + "\n- JVM: " + System.getProperty("java.vm.name") + " "
                + Jvm.current().version()
                + "\n- Redis " + serverVersion + ", over loopback\n"
                + """

                ## Process to first command

                Milliseconds from the start of `java` until the program prints the answer to `PING`. One program uses
                `Redis.fromEnvironment()`, the other one is the shortest program with Lettuce. Both take user and password from the
                environment. Figures are medians with quartiles; lower is better.

                """
                + new ComparisonTable("Lettuce", "Wellhead", firstCommand).text()
                + """

                ## Two rotations under load

                Eight threads write a value and read it back, each on its own connection, while the server closes all connections 40 times per
                second. A rotation consists of createSecret (AWSPENDING), the new password on the server, the gap, and finishSecret (AWSCURRENT).
                With two passwords, the server accepts the old one until two seconds after the end; with one, it refuses the old one from the
                beginning of the gap. Lettuce sends a command again after it has reconnected; a command that takes longer than 10 s counts as
                failed. Lettuce does not send a command again if the connection is reset while the command waits for its answer, which has
                nothing to do with credentials; the program repeats it and counts it as reset. Reads are the GetSecretValue calls of both
                rotations.

                | | passwords | gap | closed connections | commands | failed | reset | longest command (ms) | reads |
                | --- | --- | --- | ---: | ---: | ---: | ---: | ---: | ---: |
                """
                + rotations;
    }
}
