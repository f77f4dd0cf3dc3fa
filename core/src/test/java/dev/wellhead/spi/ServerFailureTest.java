package dev.wellhead.spi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.settings.HostAndPort;
import dev.wellhead.settings.Origin;
import java.util.List;
import org.junit.jupiter.api.Test;

class ServerFailureTest {

    private static String sentence(String reason, Origin... origins) {
        return new ServerFailure(
                        new HostAndPort("db.internal", 5432),
                        FailureKind.OTHER,
                        ConnectStage.SESSION,
                        "08001",
                        reason,
                        List.of(origins),
                        List.of(),
                        null)
                .sentence();
    }

    @Test
    void sentence_aboutTheServer_hasItAsSubject() {
        assertThat(sentence(
                        "it refused the password of user 'app'",
                        new Origin.OfSetting("user", Origin.Variable.of("DB_USER")),
                        new Origin.OfSetting("password", Origin.Variable.of("DB_PASSWORD"))))
                .isEqualTo("db.internal:5432 refused the password of user 'app' (DB_USER, DB_PASSWORD)");
    }

    @Test
    void sentence_withAnotherSubject_beginsWithTheServer() {
        assertThat(sentence("its certificate expired on 2026-01-01"))
                .isEqualTo("db.internal:5432: its certificate expired on 2026-01-01");
    }

    @Test
    void sentence_severalPartsOfOneUrl_namesTheUrlOnce() {
        assertThat(sentence(
                        "nothing listens on this port",
                        new Origin.OfSetting("host", new Origin.UrlPart("host", "DATABASE_URL")),
                        new Origin.OfSetting("port", new Origin.UrlPart("port", "DATABASE_URL"))))
                .isEqualTo("db.internal:5432: nothing listens on this port (DATABASE_URL)");
    }

    @Test
    void sentence_ofDefaults_namesNoPlace() {
        assertThat(sentence(
                        "nothing listens on this port", new Origin.OfSetting("host", new Origin.DefaultOf("local"))))
                .isEqualTo("db.internal:5432: nothing listens on this port");
    }
}
