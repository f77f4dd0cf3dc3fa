package dev.wellhead.internal.command;

import dev.wellhead.settings.CommandLine;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/**
 * Explains the exit code of a program that failed. Its error output may contain the password, a token or another secret,
 * so it is never shown. Only a phrase of the list below is, if the error output contains it.
 */
final class ExitCode {

    /** In lower case; a more specific phrase is before a general one. */
    private static final List<String> PHRASES = List.of(
            "no such file or directory",
            "command not found",
            "permission denied",
            "access denied",
            "accessdenied",
            "unauthorized",
            "unauthenticated",
            "not authorized",
            "forbidden",
            "not logged in",
            "please run 'az login'",
            "unable to locate credentials",
            "invalid token",
            "expired",
            "sealed",
            "connection refused",
            "connection reset",
            "connection timed out",
            "no route to host",
            "network is unreachable",
            "no such host",
            "could not resolve",
            "name or service not known",
            "temporary failure in name resolution",
            "certificate",
            "deadline exceeded",
            "timed out",
            "timeout",
            "too many requests",
            "throttl",
            "cannot allocate memory",
            "no space left on device",
            "not found",
            "does not exist",
            "invalid");

    private static final int NOT_EXECUTABLE = 126;
    private static final int NOT_FOUND = 127;
    private static final int SIGNAL = 128;

    private ExitCode() {}

    static CommandFailedException failure(CommandLine command, int code, byte[] error) {
        return new CommandFailedException(
                "failed: the program ended with exit code " + code + meaning(code) + phrase(error),
                "Run the command as the user of this process to see its error output, which is not shown here because"
                        + " it may be sensitive.",
                null);
    }

    /** {@return the meaning that shells give an exit code, as a clause} Source: POSIX, "Exit Status for Commands". */
    private static String meaning(int code) {
        if (code == NOT_EXECUTABLE) {
            return " (a program that it calls is not executable)";
        }
        if (code == NOT_FOUND) {
            return " (a program that it calls was not found)";
        }
        return code > SIGNAL ? " (ended by signal " + (code - SIGNAL) + ")" : "";
    }

    private static String phrase(byte[] error) {
        String text = new String(error, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
        for (String phrase : PHRASES) {
            if (text.contains(phrase)) {
                return ", and its error output contains \"" + phrase + "\"";
            }
        }
        return text.isBlank() ? ", and without error output" : "";
    }
}
