package dev.wellhead.internal.resolve;

import dev.wellhead.settings.AuthenticationKind;
import dev.wellhead.settings.Origin;
import dev.wellhead.settings.Settings;

/**
 * Restricts the login methods of a server that is not verified. In strict environments only SCRAM remains, which does not
 * send the password and requires the server to prove that it has it. A value that a source has takes precedence.
 */
final class LoginRestriction {

    private LoginRestriction() {}

    /** @param verified whether the server's certificate is verified */
    static void decide(DecisionState state, boolean verified) {
        RankedValues values = state.values();
        boolean usesPassword = values.get(Settings.AUTH) == AuthenticationKind.PASSWORD;
        if (!verified
                && usesPassword
                && state.contents().environment().isStrict()
                && !values.isSet(Settings.REQUIRE_AUTH)) {
            values.derive(
                    Settings.REQUIRE_AUTH,
                    "scram-sha-256",
                    new Origin.Derived("the server's certificate is not verified"),
                    state.problems());
        }
    }
}
