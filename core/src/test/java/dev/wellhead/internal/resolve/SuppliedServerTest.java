package dev.wellhead.internal.resolve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.credentials.ServerLocation;
import dev.wellhead.internal.types.Catalogue;
import dev.wellhead.internal.types.RawValue;
import dev.wellhead.settings.Origin;
import dev.wellhead.settings.Settings;
import dev.wellhead.tls.SslMode;
import org.junit.jupiter.api.Test;

/** The values that the server in a secret supplies. */
class SuppliedServerTest {

    private static final String SECRET = "secret 'prod/ledger'";

    @Test
    void values_wholeLocation_haveTheFieldsOfTheSecretAsOrigins() {
        SuppliedServer server = new SuppliedServer(new ServerLocation("db", 6432, "ledger", SslMode.REQUIRE), SECRET);

        assertThat(server.values(Catalogue.DATABASES))
                .containsExactly(
                        RawValue.of(Settings.HOST, "db", new Origin.SecretField(SECRET, "host")),
                        RawValue.of(Settings.PORT, "6432", new Origin.SecretField(SECRET, "port")),
                        RawValue.of(Settings.NAME, "ledger", new Origin.SecretField(SECRET, "dbname")));
    }

    @Test
    void values_missingParts_areLeftOut() {
        assertThat(new SuppliedServer(new ServerLocation(null, 6432, null, null), SECRET).values(Catalogue.DATABASES))
                .extracting(RawValue::setting)
                .containsExactly(Settings.PORT);
        assertThat(new SuppliedServer(new ServerLocation(null, null, null, null), SECRET).values(Catalogue.DATABASES))
                .isEmpty();
    }

    /** An empty field of a template counts as not filled in. */
    @Test
    void values_blankParts_areLeftOut() {
        assertThat(new SuppliedServer(new ServerLocation(" ", null, "", null), SECRET).values(Catalogue.DATABASES))
                .isEmpty();
    }

    @Test
    void origin_field_isDescribedWithTheSecret() {
        assertThat(new SuppliedServer(new ServerLocation(null, null, null, null), SECRET)
                        .origin("sslmode")
                        .description())
                .isEqualTo("sslmode in secret 'prod/ledger'");
    }
}
