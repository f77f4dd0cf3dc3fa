package dev.wellhead.internal.connect.failure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class ClientDefectTest {

    @Test
    void in_exceptionOfOurCode_isFoundInEveryCause() {
        NullPointerException ours =
                thrownBy("java.util.Objects", "dev.wellhead.internal.connect.tls.TlsContext", "org.postgresql.Driver");

        assertThat(ClientDefect.in(new IOException(new IllegalStateException(ours))))
                .isNotNull();
        assertThat(ClientDefect.in(new IOException(ours))).isSameAs(ours);
    }

    @Test
    void in_exceptionOfTheDriver_isNoDefect() {
        NullPointerException drivers = thrownBy(
                "java.util.Arrays", "org.postgresql.core.PGStream", "dev.wellhead.internal.connect.ServerLogin");

        assertThat(ClientDefect.in(new IOException(drivers))).isNull();
        assertThat(ClientDefect.in(new IOException())).isNull();
    }

    private static NullPointerException thrownBy(String... classes) {
        NullPointerException thrown = new NullPointerException();
        StackTraceElement[] frames = new StackTraceElement[classes.length];
        for (int i = 0; i < frames.length; i++) {
            frames[i] = new StackTraceElement(classes[i], "method", null, 1);
        }
        thrown.setStackTrace(frames);
        return thrown;
    }
}
