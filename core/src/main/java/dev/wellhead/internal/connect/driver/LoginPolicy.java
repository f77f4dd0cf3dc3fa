package dev.wellhead.internal.connect.driver;

import dev.wellhead.internal.types.InvalidValueException;
import dev.wellhead.internal.types.LoginMethods;
import dev.wellhead.settings.DatabaseSettings;
import dev.wellhead.settings.Settings;
import dev.wellhead.tls.SslMode;
import org.jspecify.annotations.Nullable;

/**
 * Which login methods a server may use.
 *
 * @param permitted null if every method is permitted
 * @param usesTokens whether the password is an authentication token
 * @param verifiesServer whether the SSL mode verifies the server's certificate
 */
record LoginPolicy(@Nullable LoginMethods permitted, boolean usesTokens, boolean verifiesServer) {

    static LoginPolicy of(DatabaseSettings settings) {
        return new LoginPolicy(
                methods(settings.find(Settings.REQUIRE_AUTH).orElse(null)),
                settings.authentication().isInClearText(),
                settings.sslMode().isAtLeast(SslMode.VERIFY_CA)
                        && settings.trustAnchors().isPresent());
    }

    private static @Nullable LoginMethods methods(@Nullable String text) {
        try {
            return text == null ? null : LoginMethods.parse(text);
        } catch (InvalidValueException e) {
            throw new IllegalArgumentException("requireAuth " + e.getMessage(), e);
        }
    }

    boolean permits(String method) {
        return permitted == null || permitted.permits(method);
    }
}
