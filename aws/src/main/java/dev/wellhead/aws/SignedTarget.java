package dev.wellhead.aws;

import dev.wellhead.credentials.CredentialsRequest;
import dev.wellhead.credentials.LoginTarget;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decides the host and the port that a token is signed for. RDS accepts a token only for the name and the port of its
 * own endpoint, which a service behind an alias, a tunnel or a proxy does not connect to.
 */
final class SignedTarget {

    /** Signs for the server that the service connects to. */
    static final SignedTarget SAME = new SignedTarget(null, null, List.of(), "DB_IAM_HOST");

    private final @Nullable String host;
    private final @Nullable Integer port;
    private final List<LoginTarget> readers;
    private final String variable;

    /**
     * @param host replaces the host of each server; null to keep it
     * @param port replaces the port of each server; null to keep it
     * @param readers the servers of the reader, which have endpoints of their own
     * @param variable the variable that sets {@code host}, for messages
     */
    SignedTarget(@Nullable String host, @Nullable Integer port, List<LoginTarget> readers, String variable) {
        this.host = host;
        this.port = port;
        this.readers = List.copyOf(readers);
        this.variable = variable;
    }

    /** {@return the target that the settings of a database name} */
    static SignedTarget of(CredentialsRequest request) {
        String host = request.setting("iamHost").orElse(null);
        String port = request.setting("iamPort").orElse(null);
        String ports =
                request.setting("readerPort").or(() -> request.setting("port")).orElse("");
        return new SignedTarget(
                host,
                port == null ? null : Integer.valueOf(port),
                targets(request.setting("readerHost").orElse(""), ports),
                request.variable("iamHost"));
    }

    private static List<LoginTarget> targets(String hosts, String ports) {
        List<LoginTarget> targets = new ArrayList<>(1);
        if (hosts.isEmpty() || ports.isEmpty()) {
            return targets;
        }
        String[] each = ports.split(",", -1);
        int i = 0;
        for (String host : hosts.split(",", -1)) {
            String port = each[Math.min(i++, each.length - 1)];
            targets.add(new LoginTarget(host.strip(), Integer.parseInt(port.strip())));
        }
        return targets;
    }

    /** {@return the variable that sets the host, for messages} */
    String variable() {
        return variable;
    }

    /** {@return the host and the port to sign for} */
    LoginTarget of(LoginTarget server) {
        if ((host == null && port == null) || readers.contains(server)) {
            return server;
        }
        return new LoginTarget(host == null ? server.host() : host, port == null ? server.port() : port);
    }
}
