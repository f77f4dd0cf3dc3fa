package dev.wellhead.examples.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.Database;
import dev.wellhead.settings.Settings;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.core.env.Environment;

/** Starts the whole service. In the environment {@code test}, wellhead-embedded starts a PostgreSQL of its own for it. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {"ENVIRONMENT=test", "server.address=127.0.0.1"})
class AccountsApplicationTest {

    private final HttpClient client = HttpClient.newHttpClient();

    @Autowired
    private Environment environment;

    @Autowired
    private Database database;

    @Test
    void account_opened_isListed() throws Exception {
        HttpResponse<String> opened = send(request("/accounts")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"name\":\"Ann\"}")));

        assertThat(opened.statusCode()).isEqualTo(201);
        assertThat(send(request("/accounts").GET()).body()).isEqualTo("[{\"id\":1,\"name\":\"Ann\"}]");
    }

    @Test
    void settings_haveTheirLinesInApplicationYml() {
        assertThat(database.settings()
                        .explain(Settings.CONNECTION_TIMEOUT)
                        .orElseThrow()
                        .origin()
                        .description())
                .isEqualTo("wellhead.databases.default.connection-timeout (application.yml:11)");
        assertThat(database.settings().get(Settings.APPLICATION_NAME)).startsWith("accounts");
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + environment.getProperty("local.server.port") + path));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
