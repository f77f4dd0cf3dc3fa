package dev.wellhead.cli.doctor;

import dev.wellhead.spi.ConnectSteps;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/** How far a connect came. */
final class Steps implements ConnectSteps {

    private @Nullable List<InetAddress> addresses;
    private Duration resolvedIn = Duration.ZERO;
    private @Nullable InetSocketAddress address;
    private Duration connectedIn = Duration.ZERO;
    private @Nullable SSLSession session;
    private Duration encryptedIn = Duration.ZERO;
    private @Nullable String method;
    private String user = "";
    private String label = "";
    private long lastNanos = System.nanoTime();

    @Override
    public void resolved(List<InetAddress> all, Duration took) {
        addresses = all;
        resolvedIn = took;
        lastNanos = System.nanoTime();
    }

    @Override
    public void connecting(InetSocketAddress to) {
        lastNanos = System.nanoTime();
        // without TLS, after a try with it
        session = null;
    }

    @Override
    public void connected(InetSocketAddress to, Duration took) {
        address = to;
        connectedIn = took;
        lastNanos = System.nanoTime();
    }

    @Override
    public void encrypted(SSLSession negotiated, Duration took) {
        session = negotiated;
        encryptedIn = took;
        lastNanos = System.nanoTime();
    }

    @Override
    public void authenticating(String by, String as, String which) {
        method = by;
        user = as;
        label = which;
    }

    @Nullable
    List<InetAddress> addresses() {
        return addresses;
    }

    Duration resolvedIn() {
        return resolvedIn;
    }

    @Nullable
    InetSocketAddress address() {
        return address;
    }

    Duration connectedIn() {
        return connectedIn;
    }

    @Nullable
    SSLSession session() {
        return session;
    }

    Duration encryptedIn() {
        return encryptedIn;
    }

    @Nullable
    String method() {
        return method;
    }

    String user() {
        return user;
    }

    String label() {
        return label;
    }

    Duration sinceLast() {
        return Duration.ofNanos(System.nanoTime() - lastNanos);
    }
}
