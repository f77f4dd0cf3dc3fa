package dev.wellhead.internal.types;

import dev.wellhead.settings.Choice;
import dev.wellhead.settings.Sensitive;
import dev.wellhead.tls.SslMode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The types of the catalogue. */
public final class SettingTypes {

    private SettingTypes() {}

    public static SettingType<String> text(String description) {
        return new TextType(description);
    }

    public static SettingType<Sensitive> sensitiveText(String description) {
        return new SensitiveType(description);
    }

    /** Items separated by commas, each without blanks around it. */
    public static SettingType<List<String>> list(String description) {
        return new ListType(description);
    }

    public static SettingType<List<Integer>> ports() {
        return new PortsType();
    }

    public static SettingType<Integer> integer(int minimum, int maximum) {
        return new IntegerType(minimum, maximum);
    }

    /** A duration of at least {@code minimum}; zero, where allowed, means what {@code zero} says. */
    public static SettingType<Duration> duration(Duration minimum, Duration maximum, String zero) {
        return new DurationType(minimum, maximum, zero);
    }

    public static SettingType<Boolean> bool() {
        return new BooleanType();
    }

    public static SettingType<Path> path() {
        return new PathType();
    }

    public static SettingType<SslMode> sslMode() {
        SslMode[] modes = SslMode.values();
        String[] spellings = new String[modes.length];
        for (int i = 0; i < modes.length; i++) {
            spellings[i] = modes[i].value();
        }
        return new ChoiceType<>("not an SSL mode", modes, spellings);
    }

    /** @param constants all of them; from the class they would come by reflection, 2 ms of a cold start on Java 25 */
    public static <E extends Enum<E> & Choice> SettingType<E> choice(E[] constants) {
        String[] spellings = new String[constants.length];
        for (int i = 0; i < constants.length; i++) {
            spellings[i] = constants[i].value();
        }
        return new ChoiceType<>("not one of its values", constants, spellings);
    }
}
