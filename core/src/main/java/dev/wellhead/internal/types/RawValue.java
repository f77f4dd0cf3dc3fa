package dev.wellhead.internal.types;

import dev.wellhead.internal.text.SafeText;
import dev.wellhead.settings.Origin;
import dev.wellhead.settings.Sensitive;
import dev.wellhead.settings.Setting;
import org.jspecify.annotations.Nullable;

/**
 * The text that one source has for one setting, before precedence is decided. The text is hidden even if the setting is
 * not sensitive, because the user may have put any value in the wrong place.
 *
 * @param setting the setting
 * @param text as written, not trimmed
 * @param origin the exact place
 * @param file the file that contains the text, if it can change while a database is open; null if there is none
 */
public record RawValue(Setting<?> setting, Sensitive text, Origin origin, @Nullable FollowedFile file) {

    public static RawValue of(Setting<?> setting, String text, Origin origin) {
        return new RawValue(setting, Sensitive.of(text), origin, null);
    }

    /** {@return the same value, as the content of {@code content} or a part of it} */
    public RawValue in(FollowedFile content, Origin place) {
        return new RawValue(setting, text, place, content);
    }

    /** {@return the same value with another origin} */
    public RawValue from(Origin place) {
        return new RawValue(setting, text, place, file);
    }

    /** {@return the key as the user typed it: {@code DB_HOST}, {@code host in DATABASE_URL}, {@code host}} */
    public String key() {
        return origin.key().orElse(setting.name());
    }

    /**
     * {@return the value, or a part of it, in quotes; empty if it must not be shown} No part of a URL is shown: with a
     * typing error in the URL, a part of the password can become the host.
     *
     * @param part the value or one item of it
     */
    public String quoted(String part) {
        boolean hidden = setting.isSensitive()
                || origin instanceof Origin.UrlPart
                || (file != null && file.isUrl())
                || origin instanceof Origin.JdbcUrlPart
                || (origin instanceof Origin.ApplicationProperty property
                        && !property.part().isEmpty())
                || TextValues.isSecret(text.reveal())
                || !FileValues.mayBeShown(setting, part);
        return hidden ? "" : SafeText.quoted(part);
    }

    /** {@return {@code DB_AUTH is 'iam'}, or {@code DB_AUTH is set} if the value must not be shown} */
    public String keyAndValue() {
        String shown = quoted(text.reveal());
        return shown.isEmpty() ? key() + " is set" : key() + verb() + shown;
    }

    /** {@return the start of a complaint: {@code DB_PORT is '70000', which is}, or {@code DB_PORT is}} */
    public String keyIs() {
        String shown = quoted(text.reveal());
        if (shown.isEmpty()) {
            return key() + (isContent() ? " contains a value that is" : " is");
        }
        return key() + verb() + shown + ", which is";
    }

    private String verb() {
        return isContent() ? " contains " : " is ";
    }

    /** {@return whether the key is the variable of a file, and the value is its content} */
    private boolean isContent() {
        return origin instanceof Origin.ValueFile content && content.part().isEmpty();
    }
}
