package dev.wellhead.settings;

import dev.wellhead.tls.SslMode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The types of the catalogue. */
final class SettingTypes {

    private SettingTypes() {}

    static SettingType<String> text(String description) {
        throw new UnsupportedOperationException(description);
    }

    static SettingType<Sensitive> sensitiveText(String description) {
        throw new UnsupportedOperationException(description);
    }

    static SettingType<List<String>> list(String description) {
        throw new UnsupportedOperationException(description);
    }

    static SettingType<List<Integer>> ports() {
        throw new UnsupportedOperationException();
    }

    static SettingType<Integer> integer(int minimum, int maximum) {
        throw new UnsupportedOperationException(minimum + " " + maximum);
    }

    /** A duration of at least {@code minimum}; zero, where allowed, means what {@code zero} says. */
    static SettingType<Duration> duration(Duration minimum, Duration maximum, String zero) {
        throw new UnsupportedOperationException(zero + minimum + maximum);
    }

    static SettingType<Boolean> bool() {
        throw new UnsupportedOperationException();
    }

    static SettingType<Path> path() {
        throw new UnsupportedOperationException();
    }

    static SettingType<SslMode> sslMode() {
        throw new UnsupportedOperationException();
    }

    static <E extends Enum<E> & Choice> SettingType<E> choice(Class<E> type) {
        throw new UnsupportedOperationException(type.toString());
    }
}
