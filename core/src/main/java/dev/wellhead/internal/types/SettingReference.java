package dev.wellhead.internal.types;

import dev.wellhead.settings.DatabaseSettings;
import dev.wellhead.settings.Origin;
import dev.wellhead.settings.ResolvedSetting;
import dev.wellhead.settings.Setting;
import dev.wellhead.settings.Settings;
import org.jspecify.annotations.Nullable;

/**
 * How a message refers to a setting that the user has to correct: {@code DB_PORT}, {@code the port in DATABASE_URL},
 * {@code the port in application.conf:12}. If no source has the setting, this is the variable to set.
 */
public final class SettingReference {

    private SettingReference() {}

    /** {@return the reference, for the middle of a sentence} */
    public static String of(DatabaseSettings settings, Setting<?> setting) {
        Origin.OfSetting origin = origin(settings, setting);
        return origin == null ? settings.variable(setting) : noun(origin) + place(origin);
    }

    /** {@return the reference, for the beginning of a sentence} */
    public static String atStart(DatabaseSettings settings, Setting<?> setting) {
        return atStart(of(settings, setting));
    }

    /** {@return a sentence that begins with a reference, with a capital letter} */
    public static String atStart(String sentence) {
        return sentence.isEmpty() ? "" : Character.toUpperCase(sentence.charAt(0)) + sentence.substring(1);
    }

    /**
     * {@return the references to two settings}
     *
     * @param conjunction {@code and}, or {@code or}
     */
    public static String of(DatabaseSettings settings, Setting<?> first, String conjunction, Setting<?> second) {
        Origin.OfSetting origin = origin(settings, first);
        Origin.OfSetting other = origin(settings, second);
        boolean areTogether = origin != null
                && other != null
                && !place(origin).isEmpty()
                && place(origin).equals(place(other));
        String start = origin != null && areTogether ? noun(origin) : of(settings, first);
        return start + " " + conjunction + " " + of(settings, second);
    }

    private static String noun(Origin.OfSetting origin) {
        if (origin.origin() instanceof Origin.SystemProperty) {
            return "the system property " + origin.word();
        }
        return place(origin).isEmpty() ? origin.word() : "the " + origin.word();
    }

    private static String place(Origin.OfSetting origin) {
        return origin.place().map(place -> " " + place).orElse("");
    }

    /** {@return the origin, or null if the user has not set the value} */
    private static Origin.@Nullable OfSetting origin(DatabaseSettings settings, Setting<?> setting) {
        ResolvedSetting resolved = settings.explain(setting).orElse(null);
        if (resolved != null && isOfUser(resolved.origin())) {
            return new Origin.OfSetting(nameAt(resolved.origin(), setting), resolved.origin());
        }
        return partOfUrl(settings, setting);
    }

    private static boolean isOfUser(Origin origin) {
        boolean isWholeFile = origin instanceof Origin.LibpqFile file && file.line() == 0;
        return origin.kind().compareTo(Origin.Kind.LOCAL_DATABASE) < 0 && !isWholeFile;
    }

    /** {@return the name of a setting in a file: those of libpq have libpq's names} */
    private static String nameAt(Origin origin, Setting<?> setting) {
        return origin instanceof Origin.LibpqFile ? setting.libpqName().orElse(setting.name()) : setting.name();
    }

    /** {@return the part of the URL that is missing, if the host is in a URL and the setting has its default} */
    private static Origin.@Nullable OfSetting partOfUrl(DatabaseSettings settings, Setting<?> setting) {
        boolean isPart = setting == Settings.PORT
                || setting == Settings.NAME
                || setting == Settings.USER
                || setting == Settings.PASSWORD;
        ResolvedSetting host = settings.explain(Settings.HOST).orElse(null);
        return isPart && host != null && host.origin() instanceof Origin.UrlPart url
                ? new Origin.OfSetting(setting.name(), new Origin.UrlPart(setting.name(), url.variable()))
                : isPart ? partOfProperty(setting, host) : null;
    }

    private static Origin.@Nullable OfSetting partOfProperty(Setting<?> setting, @Nullable ResolvedSetting host) {
        return host != null
                        && host.origin() instanceof Origin.ApplicationProperty url
                        && !url.part().isEmpty()
                ? new Origin.OfSetting(
                        setting.name(),
                        new Origin.ApplicationProperty(
                                url.name(), setting.name(), url.source(), url.line(), url.kind()))
                : null;
    }
}
