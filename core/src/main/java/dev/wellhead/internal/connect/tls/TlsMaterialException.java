package dev.wellhead.internal.connect.tls;

import dev.wellhead.internal.text.SafeCauses;
import dev.wellhead.internal.text.SafeText;
import dev.wellhead.settings.Setting;
import java.io.IOException;
import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * Thrown if a certificate or key file cannot be used. The message contains the name of the file, but never its content.
 */
public final class TlsMaterialException extends IOException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final transient Setting<?> setting;

    /** @param setting the setting that contains the name of the file */
    TlsMaterialException(String message, Setting<?> setting, @Nullable Throwable cause) {
        super(SafeText.sentence(message), SafeCauses.of(cause));
        this.setting = setting;
    }

    /** {@return the setting that contains the name of the file} */
    public Setting<?> setting() {
        return setting;
    }
}
