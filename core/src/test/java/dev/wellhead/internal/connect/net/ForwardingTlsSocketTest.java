package dev.wellhead.internal.connect.net;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.net.Socket;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ForwardingTlsSocketTest {

    /** The driver calls these only before TLS begins, on the socket that it connects. */
    private static final Set<String> BEFORE_TLS = Set.of("bind", "connect");

    @Test
    void socket_everyMethodThatTheDriverCalls_isForwarded() {
        Set<String> called = new TreeSet<>();
        for (JavaClass each : new ClassFileImporter().importPackages("org.postgresql.core", "org.postgresql.ssl")) {
            for (JavaMethodCall call : each.getMethodCallsFromSelf()) {
                if (call.getTargetOwner().isAssignableTo(Socket.class) && !BEFORE_TLS.contains(call.getName())) {
                    called.add(call.getName());
                }
            }
        }

        assertThat(called).contains("setSoTimeout", "getSession");
        assertThat(called).allMatch(ForwardingTlsSocketTest::declares);
    }

    private static boolean declares(String method) {
        return Stream.of(ForwardingTlsSocket.class, ObservedTlsSocket.class)
                .flatMap(type -> Stream.of(type.getDeclaredMethods()))
                .anyMatch(declared -> declared.getName().equals(method));
    }
}
