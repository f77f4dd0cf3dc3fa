package dev.wellhead.internal.connect.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wellhead.internal.text.HostNames;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NameResolverTest {

    private static final Duration SHORT = Duration.ofMillis(100);
    private static final InetAddress[] FOUND = {HostNames.literal("10.0.0.1"), HostNames.literal("10.0.0.2")};

    @Test
    void resolve_literalAddress_doesNoLookup() throws Exception {
        NameResolver resolver = new NameResolver(host -> {
            throw new UnknownHostException(host);
        });

        byte[] loopback = new byte[16];
        loopback[15] = 1;
        assertThat(resolver.resolve("::1", Deadline.in(SHORT))).containsExactly(InetAddress.getByAddress(loopback));
    }

    /** RFC 6761: no name server is asked for localhost, which a final dot would cause. */
    @ParameterizedTest
    @ValueSource(strings = {"localhost", "LOCALHOST", "localhost."})
    void resolve_localhost_isLookedUpWithoutADot(String host) throws Exception {
        NameResolver resolver = new NameResolver(name -> {
            if (!name.equals("localhost")) {
                throw new UnknownHostException(name);
            }
            return FOUND;
        });

        assertThat(resolver.resolve(host, Deadline.in(SHORT))).containsExactly(FOUND);
    }

    @Test
    void resolve_name_returnsAllAddressesInOrder() throws Exception {
        assertThat(new NameResolver(host -> FOUND).resolve("db", Deadline.in(Duration.ofSeconds(5))))
                .containsExactly(FOUND);
    }

    @Test
    void resolve_unknownName_throws() {
        NameResolver resolver = new NameResolver(host -> {
            throw new UnknownHostException(host);
        });

        assertThatThrownBy(() -> resolver.resolve("db", Deadline.in(Duration.ofSeconds(5))))
                .isInstanceOf(UnknownHostException.class)
                .hasMessage("db");
    }

    @Test
    void resolve_resolverThatHangs_isCalledOnceForAllCallers() throws Exception {
        CountDownLatch answer = new CountDownLatch(1);
        AtomicInteger lookups = new AtomicInteger();
        NameResolver resolver = new NameResolver(host -> {
            lookups.incrementAndGet();
            try {
                answer.await();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
            return FOUND;
        });

        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> resolver.resolve("db", Deadline.in(SHORT))).isInstanceOf(TimeoutException.class);
        }
        answer.countDown();

        assertThat(resolver.resolve("db", Deadline.in(Duration.ofSeconds(5)))).containsExactly(FOUND);
        // the fourth call either waited for the lookup that hung or started another one after it
        assertThat(lookups.get()).isBetween(1, 2);
    }
}
