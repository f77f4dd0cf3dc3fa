package dev.wellhead.embedded.internal;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a server runs.
 *
 * @param port the port to listen on
 * @param log the file of its log
 * @param disposable the directory to delete if this JVM ends before the server is stopped. If it is null, the data is
 *     kept and written durably
 * @param settings more settings, as {@code name=value}
 */
record ServerOptions(int port, Path log, @Nullable Path disposable, List<String> settings) {

    /** Writing is faster with these settings, but a crash of the machine destroys the data. */
    private static final List<String> NOT_DURABLE =
            List.of("fsync=off", "synchronous_commit=off", "full_page_writes=off");

    /** {@return the options of the program postgres} */
    String commandLine() {
        List<String> all = new ArrayList<>();
        all.add("port=" + port);
        all.add("listen_addresses=" + ServerProcess.ADDRESS + ",::1");
        all.add("unix_socket_directories=");
        if (disposable != null) {
            all.addAll(NOT_DURABLE);
        }
        all.addAll(settings);
        return "-c " + String.join(" -c ", all);
    }

    /** {@return how pg_ctl stops the server} */
    String stopMode() {
        return disposable == null ? "fast" : "immediate";
    }
}
