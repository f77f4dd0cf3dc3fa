package dev.wellhead.settings;

import dev.wellhead.tls.SslMode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The types of the catalogue. */
final class SettingTypes {

    private SettingTypes() {}

    static SettingType<String> text(String description) {
        return new TextType(description);
    }

    static SettingType<Sensitive> sensitiveText(String description) {
        return new SensitiveType(description);
    }

    /** Items separated by commas, each without blanks around it. */
    static SettingType<List<String>> list(String description) {
        return new ListType(description);
    }

    static SettingType<List<Integer>> ports() {
        return new PortsType();
    }

    static SettingType<Integer> integer(int minimum, int maximum) {
        return new IntegerType(minimum, maximum);
    }

    /** A duration of at least {@code minimum}; zero, where allowed, means what {@code zero} says. */
    static SettingType<Duration> duration(Duration minimum, Duration maximum, String zero) {
        return new DurationType(minimum, maximum, zero);
    }

    static SettingType<Boolean> bool() {
        return new BooleanType();
    }

    static SettingType<Path> path() {
        return new PathType();
    }

    static SettingType<SslMode> sslMode() {
        SslMode[] modes = SslMode.values();
        String[] spellings = new String[modes.length];
        for (int i = 0; i < modes.length; i++) {
            spellings[i] = modes[i].value();
        }
        return new ChoiceType<>("not an SSL mode", modes, spellings);
    }

    /** @param constants all of them; from the class they would come by reflection, 2 ms of a cold start on Java 25 */
    static <E extends Enum<E> & Choice> SettingType<E> choice(E[] constants) {
        String[] spellings = new String[constants.length];
        for (int i = 0; i < constants.length; i++) {
            spellings[i] = constants[i].value();
        }
        return new ChoiceType<>("not one of its values", constants, spellings);
    }
}
