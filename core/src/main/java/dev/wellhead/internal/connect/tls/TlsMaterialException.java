package dev.wellhead.internal.connect.tls;

import dev.wellhead.settings.Setting;
import java.io.IOException;
import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** A certificate or key of ours cannot be used. The message names the file and what it should be, never its content. */
public final class TlsMaterialException extends IOException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final transient Setting<?> setting;

    /** @param setting the one that names the file */
    public TlsMaterialException(String message, Setting<?> setting, @Nullable Throwable cause) {
        super(message, cause);
        this.setting = setting;
    }

    public Setting<?> setting() {
        return setting;
    }
}
