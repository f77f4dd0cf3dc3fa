package dev.wellhead.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;

import com.jayway.jsonpath.DocumentContext;
import com.jayway.jsonpath.JsonPath;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.springframework.context.ConfigurableApplicationContext;

/** Requests to the Actuator endpoints of an application that runs. */
final class ActuatorRequests {

    private final HttpClient http = HttpClient.newHttpClient();

    /** {@return a web application whose endpoints are all exposed} */
    static Start application(Class<?> configuration) {
        return Start.of(configuration)
                .web()
                .argument("server.port", "0")
                .argument("spring.flyway.enabled", "false")
                .argument("server.address", "127.0.0.1")
                .argument("management.endpoints.web.exposure.include", "*")
                .argument("management.endpoint.health.show-details", "always");
    }

    HttpResponse<String> get(ConfigurableApplicationContext context, String path)
            throws IOException, InterruptedException {
        return send(context, HttpRequest.newBuilder().GET(), path);
    }

    /** Sends an empty JSON object, as a write operation without parameters expects it. */
    HttpResponse<String> post(ConfigurableApplicationContext context, String path)
            throws IOException, InterruptedException {
        return send(
                context,
                HttpRequest.newBuilder()
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString("{}")),
                path);
    }

    HttpResponse<String> postWithoutBody(ConfigurableApplicationContext context, String path)
            throws IOException, InterruptedException {
        return send(context, HttpRequest.newBuilder().POST(HttpRequest.BodyPublishers.noBody()), path);
    }

    private HttpResponse<String> send(ConfigurableApplicationContext context, HttpRequest.Builder request, String path)
            throws IOException, InterruptedException {
        String port = context.getEnvironment().getRequiredProperty("local.server.port");
        return http.send(
                request.uri(URI.create("http://127.0.0.1:" + port + path))
                        .timeout(Duration.ofMinutes(2))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    static DocumentContext json(HttpResponse<String> response, int status) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        return JsonPath.parse(response.body());
    }

    static String text(DocumentContext json, String path) {
        return json.read(path, String.class);
    }
}
