package dev.wellhead.internal.resolve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.settings.DatabaseSettings;
import dev.wellhead.settings.Origin;
import dev.wellhead.settings.ResolvedSetting;
import dev.wellhead.settings.Settings;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which login methods are permitted while the server is not verified. */
class LoginRestrictionTest {

    private static final String STRICT = "ENVIRONMENT=production DB_NAME=app DB_USER=app DB_PASSWORD=pw ";

    @ParameterizedTest
    @ValueSource(strings = {"DB_HOST=db", "DB_HOST=db DB_SSLMODE=require", "DB_HOST=localhost DB_SSLMODE=disable"})
    void requireAuth_ofAnUnverifiedServerInAStrictEnvironment_isScram(String variables) {
        assertThat(Resolve.settings(STRICT + variables).explain(Settings.REQUIRE_AUTH))
                .contains(new ResolvedSetting(
                        "requireAuth",
                        "scram-sha-256",
                        new Origin.Derived("the server's certificate is not verified"),
                        List.of()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ENVIRONMENT=production DB_NAME=app DB_USER=app DB_PASSWORD=pw DB_HOST=db DB_SSLROOTCERT=/ca.pem",
                "ENVIRONMENT=production DB_NAME=app DB_USER=app DB_PASSWORD=pw DB_HOST=db DB_SSLROOTCERT=/ca.pem"
                        + " DB_SSLMODE=require",
                "ENVIRONMENT=local DB_HOST=db"
            })
    void requireAuth_ofAVerifiedServerOrALenientEnvironment_isNotSet(String variables) {
        assertThat(Resolve.settings(variables).find(Settings.REQUIRE_AUTH)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"DB_REQUIRE_AUTH", "PGREQUIREAUTH"})
    void requireAuth_thatIsSet_takesPrecedence(String variable) {
        DatabaseSettings settings = Resolve.settings(STRICT + "DB_HOST=db " + variable + "=password");

        assertThat(settings.find(Settings.REQUIRE_AUTH)).contains("password");
    }

    @Test
    void requireAuth_beforeASecretNamesTheServer_isScram() {
        DatabaseSettings open = Resolve.settings("ENVIRONMENT=production DB_SECRET_ID=s DB_NAME=app");

        assertThat(open.find(Settings.REQUIRE_AUTH)).contains("scram-sha-256");
    }
}
