package dev.wellhead.cli.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * What the servers of one list have to know of each other while they are tested in parallel: which of them is the first
 * that accepts a login, and whether one of them has the role that is configured. Thread-safe.
 */
final class ServerGroup {

    private final List<CompletableFuture<Boolean>> accepted = new ArrayList<>();
    private final List<CompletableFuture<Boolean>> usable = new ArrayList<>();

    ServerGroup(int servers) {
        for (int i = 0; i < servers; i++) {
            accepted.add(new CompletableFuture<>());
            usable.add(new CompletableFuture<>());
        }
    }

    /** Records whether a server accepted the login. Only the first call for a server counts. */
    void accepted(int server, boolean accepts) {
        accepted.get(server).complete(accepts);
    }

    /** Records whether a server has the role that is configured. Only the first call for a server counts. */
    void usable(int server, boolean hasRole) {
        usable.get(server).complete(hasRole);
    }

    /** {@return whether no earlier server of the list accepts the login} Waits until that is decided. */
    boolean isFirst(int server) {
        for (CompletableFuture<Boolean> earlier : accepted.subList(0, server)) {
            if (earlier.join()) {
                return false;
            }
        }
        return true;
    }

    /** {@return whether a server of the list has the role that is configured} Waits until that is decided. */
    boolean isAnyUsable() {
        for (CompletableFuture<Boolean> server : usable) {
            if (server.join()) {
                return true;
            }
        }
        return false;
    }
}
