package dev.wellhead.benchmarks.faults;

import dev.wellhead.testkit.FaultProxy;
import dev.wellhead.testkit.PostgresServer;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The environment and the JVM options that every contestant of a fault gets. Not thread-safe. */
final class LoadSetup {

    private static final int THREADS = 8;
    private static final int DNS_TTL_SECONDS = 5;

    private final Map<String, String> environment = new LinkedHashMap<>();
    private final List<String> jvmOptions = new ArrayList<>();
    private int threads = THREADS;

    private LoadSetup(String hosts, String ports) {
        environment.put("ENVIRONMENT", "local");
        environment.put("ARENA_HOST", hosts);
        environment.put("ARENA_PORT", ports);
        environment.put("ARENA_USER", ArenaServers.USER);
        environment.put("ARENA_PASSWORD", ArenaServers.PASSWORD);
    }

    /** {@return a load on one server or on a list of hosts and ports, separated by commas} */
    static LoadSetup at(String hosts, String ports) {
        return new LoadSetup(hosts, ports);
    }

    static LoadSetup at(PostgresServer server) {
        return at(server.host(), Integer.toString(server.port()));
    }

    static LoadSetup at(FaultProxy proxy) {
        return at(proxy.host(), Integer.toString(proxy.port()));
    }

    static LoadSetup at(FaultProxy first, FaultProxy second) {
        return at(first.host() + "," + second.host(), first.port() + "," + second.port());
    }

    LoadSetup passwordFile(Path file) {
        environment.remove("ARENA_PASSWORD");
        environment.put("ARENA_PASSWORD_FILE", file.toString());
        return this;
    }

    /** The login is in a secret, which contains the server too. */
    LoadSetup secret(String secretId, URI endpoint) {
        environment.remove("ARENA_USER");
        environment.remove("ARENA_PASSWORD");
        environment.put("ARENA_SECRET_ID", secretId);
        environment.put("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE");
        environment.put("AWS_SECRET_ACCESS_KEY", "not-a-key");
        environment.put("AWS_REGION", "eu-west-1");
        environment.put("AWS_ENDPOINT_URL_SECRETS_MANAGER", endpoint.toString());
        return this;
    }

    LoadSetup rootCertificate(Path file) {
        environment.put("ARENA_ROOT_CERTIFICATE", file.toString());
        return this;
    }

    LoadSetup behindPooler() {
        environment.put("ARENA_POOLER", "pgbouncer");
        return this;
    }

    LoadSetup threads(int number) {
        threads = number;
        environment.put("ARENA_THREADS", Integer.toString(number));
        return this;
    }

    LoadSetup reading(String sql) {
        environment.put("ARENA_READ", sql);
        return this;
    }

    /** Every second thread runs this statement. */
    LoadSetup writing(String sql) {
        environment.put("ARENA_WRITE", sql);
        return this;
    }

    /** Every thread closes one in so many of the connections that it used, so that the pool must open new ones. */
    LoadSetup closingOneIn(int connections) {
        environment.put("ARENA_EVICT_ONE_IN", Integer.toString(connections));
        return this;
    }

    /** The same process also opens pools of other databases, one on each of these ports. */
    LoadSetup others(String user, String password, List<Integer> ports) {
        environment.put("ARENA_OTHER_USER", user);
        environment.put("ARENA_OTHER_PASSWORD", password);
        environment.put(
                "ARENA_OTHER_PORTS",
                String.join(",", ports.stream().map(String::valueOf).toList()));
        return this;
    }

    /** Host names are resolved with this file and cached for five seconds. */
    LoadSetup hostsFile(Path file) {
        jvmOptions.add("-Djdk.net.hosts.file=" + file);
        jvmOptions.add("-Dsun.net.inetaddr.ttl=" + DNS_TTL_SECONDS);
        return this;
    }

    int threads() {
        return threads;
    }

    Map<String, String> environment() {
        return environment;
    }

    List<String> jvmOptions() {
        return jvmOptions;
    }
}
