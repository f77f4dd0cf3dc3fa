package dev.wellhead.examples.ledger.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.wellhead.examples.ledger.common.ServiceUnavailableException;
import dev.wellhead.examples.ledger.outbox.OutboxEntry;
import dev.wellhead.examples.ledger.search.EntrySearch.Found;
import dev.wellhead.testkit.FreePort;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The requests to OpenSearch, with a stub in its place. LedgerServicesTest sends them to a real one. */
class OpenSearchEntriesTest {

    private static final List<OutboxEntry> ENTRIES = List.of(
            new OutboxEntry(new UUID(0, 1), 7, LocalDate.of(2026, 1, 14), "Bank \"charge\"", List.of("1000", "5000")),
            new OutboxEntry(new UUID(0, 2), 8, LocalDate.of(2026, 1, 15), "Rent", List.of("1000", "5100")));

    private static final String ACCEPTED =
            "{\"errors\":false,\"items\":[{\"index\":{\"_id\":\"7\",\"status\":201}},{\"index\":{\"_id\":\"8\",\"status\":200}}]}";

    private SearchStub server;

    @BeforeEach
    void start() throws IOException {
        server = new SearchStub();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void deliver_entries_usesTheEntryAsIdentifierAndCreatesTheIndexOnce() throws Exception {
        OpenSearchEntries search = OpenSearchEntries.open(server.url(""));
        server.answer(200, "{\"acknowledged\":true}");
        server.answer(200, ACCEPTED);
        server.answer(200, ACCEPTED);

        assertThat(search.deliver(ENTRIES)).containsExactlyInAnyOrder(new UUID(0, 1), new UUID(0, 2));
        assertThat(search.deliver(ENTRIES)).hasSize(2);

        String bulk =
                """
                POST /ledger-entries/_bulk application/x-ndjson null
                {"index":{"_id":"7"}}
                {"entry":7,"booked_on":"2026-01-14","description":"Bank \\"charge\\"","accounts":["1000","5000"]}
                {"index":{"_id":"8"}}
                {"entry":8,"booked_on":"2026-01-15","description":"Rent","accounts":["1000","5100"]}
                """;
        assertThat(server.requests()).hasSize(3);
        assertThat(server.requests().get(0)).startsWith("PUT /ledger-entries application/json null\n{\"mappings\":");
        assertThat(server.requests().subList(1, 3)).containsExactly(bulk, bulk);
    }

    @Test
    void deliver_indexThatExists_isUsed() throws Exception {
        server.answer(400, "{\"error\":{\"type\":\"resource_already_exists_exception\"}}");
        server.answer(200, ACCEPTED);

        assertThat(OpenSearchEntries.open(server.url("")).deliver(ENTRIES)).hasSize(2);
    }

    @Test
    void deliver_entryThatIsRefused_returnsOnlyTheOther() throws Exception {
        server.answer(200, "{}");
        server.answer(200, ACCEPTED.replace("\"status\":201", "\"status\":429"));

        assertThat(OpenSearchEntries.open(server.url("")).deliver(ENTRIES)).containsExactly(new UUID(0, 2));
    }

    @Test
    void find_text_returnsTheEntriesAndSendsTheLogin() throws Exception {
        server.answer(
                200,
                """
                {"hits":{"hits":[{"_id":"8","_source":
                {"entry":8,"booked_on":"2026-01-15","description":"Rent","accounts":["1000","5100"]}}]}}""");

        List<Found> found = OpenSearchEntries.open(server.url("app:p%40ss@")).find("rent \"now\"", 20);

        assertThat(found).containsExactly(new Found(8, LocalDate.of(2026, 1, 15), "Rent", List.of("1000", "5100")));
        // printf 'app:p@ss' | base64
        assertThat(server.requests())
                .containsExactly(
                        """
                        POST /ledger-entries/_search application/json Basic YXBwOnBAc3M=
                        {"query":{"match":{"description":"rent \\"now\\""}},"size":20}""");
    }

    @Test
    void find_beforeTheFirstDelivery_findsNothing() throws Exception {
        server.answer(404, "{\"error\":{\"type\":\"index_not_found_exception\"}}");

        assertThat(OpenSearchEntries.open(server.url("")).find("rent", 20)).isEmpty();
    }

    @Test
    void request_answeredWithAnError_isUnavailable() {
        server.answer(503, "busy");
        server.answer(200, "<html>");
        OpenSearchEntries search = OpenSearchEntries.open(server.url("app:secret@"));

        assertThatExceptionOfType(ServiceUnavailableException.class)
                .isThrownBy(() -> search.find("rent", 20))
                .withMessage("OpenSearch answered with the status 503");
        assertThatExceptionOfType(ServiceUnavailableException.class)
                .isThrownBy(() -> search.find("rent", 20))
                .withMessage("OpenSearch answered with something that is not JSON");
    }

    @Test
    @Timeout(value = 2, unit = TimeUnit.MINUTES)
    void request_answerWithoutItsEnd_isUnavailableAfterTheLimit() {
        server.answerIncompletely(200, "{\"hits\":");
        Duration limit = Duration.ofMillis(500);
        OpenSearchEntries search =
                new OpenSearchEntries(URI.create(server.url("")), (method, uri, contentType, body) -> Map.of(), limit);

        assertThatExceptionOfType(ServiceUnavailableException.class)
                .isThrownBy(() -> search.find("rent", 20))
                .withMessage("OpenSearch did not answer within PT0.5S");
    }

    @Test
    @Timeout(value = 2, unit = TimeUnit.MINUTES)
    void request_interrupted_isUnavailableAndKeepsTheInterrupt() {
        server.answerIncompletely(200, "{\"hits\":");
        OpenSearchEntries search = OpenSearchEntries.open(server.url(""));
        Thread.currentThread().interrupt();
        try {
            assertThatExceptionOfType(ServiceUnavailableException.class)
                    .isThrownBy(() -> search.find("rent", 20))
                    .withCauseInstanceOf(InterruptedException.class);
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void request_withoutAServer_isUnavailable() {
        OpenSearchEntries search = OpenSearchEntries.open("http://app:secret@127.0.0.1:" + FreePort.find());

        assertThatExceptionOfType(ServiceUnavailableException.class)
                .isThrownBy(() -> search.deliver(ENTRIES))
                .withMessage("ConnectException");
    }

    @ParameterizedTest
    @CsvSource({
        "'http://app:secret@ host', it is not a URL",
        "app:secret@host, it is not an http or https URL with a host",
        "ftp://app:secret@host, it is not an http or https URL with a host",
        "https:///secret, it is not an http or https URL with a host",
        "https://app:secret@host/path, 'it has a path or parameters, which are not used'",
        "https://host?key=secret, 'it has a path or parameters, which are not used'"
    })
    void open_wrongUrl_isRefusedWithoutShowingIt(String url, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> OpenSearchEntries.open(url))
                .withMessage(message)
                .withNoCause();
    }
}
