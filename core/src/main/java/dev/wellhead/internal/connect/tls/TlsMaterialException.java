package dev.wellhead.internal.connect.tls;

import dev.wellhead.internal.files.UnreadableFileException;
import dev.wellhead.internal.text.SafeCauses;
import dev.wellhead.internal.text.SafeText;
import dev.wellhead.settings.Setting;
import java.io.IOException;
import java.io.Serial;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Thrown if certificates or keys cannot be used. The message contains the name of the file, but never its content.
 */
public final class TlsMaterialException extends IOException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final transient List<Setting<?>> settings;
    private final String fix;

    /**
     * @param message a sentence
     * @param fix what to do, as a sentence; empty for the advice about an unreadable file, or to check the settings
     * @param settings those that the failure is about, the most important one first; at least one
     */
    TlsMaterialException(String message, String fix, @Nullable Throwable cause, Setting<?>... settings) {
        super(SafeText.sentence(message), SafeCauses.of(cause));
        this.settings = List.of(settings);
        this.fix = fix.isEmpty() && cause instanceof UnreadableFileException unreadable ? unreadable.fix() : fix;
    }

    /** {@return the settings that the failure is about, the most important one first} */
    public List<Setting<?>> settings() {
        return settings;
    }

    /** {@return what to do, as a sentence; empty if the advice is to check the settings} */
    public String fix() {
        return fix;
    }
}
