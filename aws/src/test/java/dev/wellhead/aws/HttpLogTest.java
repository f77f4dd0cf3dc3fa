package dev.wellhead.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.credentials.CredentialsProvider;
import dev.wellhead.credentials.CredentialsRequest;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.logging.Filter;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** No header that lets somebody in is written by the JDK's HTTP client. */
class HttpLogTest {

    private final Logger logger = Logger.getLogger("sun.net.www.protocol.http.HttpURLConnection");

    @AfterEach
    void install() {
        HttpLog.redactTokens();
    }

    @Test
    void redactTokens_everyHeaderThatLetsSomebodyIn_isRedactedAndNothingElse() {
        logger.setFilter(null);
        HttpLog.redactTokens();

        assertThat(written("sun.net.www.MessageHeader@1a2b 5 pairs: {GET /latest HTTP/1.1: null}"
                        + "{X-aws-ec2-metadata-token: one}{Authorization: AWS4 Credential=two, Signature=three}"
                        + "{x-amz-security-token: four}{authorization: five}{Host: metadata.example}"))
                .isEqualTo("sun.net.www.MessageHeader@1a2b 5 pairs: {GET /latest HTTP/1.1: null}"
                        + "{X-aws-ec2-metadata-token: <redacted>}{Authorization: <redacted>}"
                        + "{x-amz-security-token: <redacted>}{authorization: <redacted>}{Host: metadata.example}");
        assertThat(written("Redirected to another host")).isEqualTo("Redirected to another host");
    }

    @Test
    void create_providerOfTokens_installsIt() throws Exception {
        logger.setFilter(null);

        try (CredentialsProvider tokens = new AwsCredentials().create(new Iam()).orElseThrow()) {
            assertThat(tokens.description()).isEqualTo("RDS IAM authentication");
            assertThat(written("{x-aws-ec2-metadata-token: one}")).isEqualTo("{x-aws-ec2-metadata-token: <redacted>}");
        }
    }

    private String written(String message) {
        LogRecord record = new LogRecord(Level.FINEST, message);
        Filter filter = Objects.requireNonNull(logger.getFilter());
        assertThat(filter.isLoggable(record)).isTrue();
        return record.getMessage();
    }

    private static final class Iam implements CredentialsRequest {

        private final Map<String, String> settings = Map.of("auth", "iam", "user", "app");

        @Override
        public String name() {
            return "default";
        }

        @Override
        public Optional<String> setting(String settingName) {
            return Optional.ofNullable(settings.get(settingName));
        }

        @Override
        public Optional<Duration> duration(String settingName) {
            return Optional.empty();
        }

        @Override
        public String variable(String settingName) {
            return "DB_" + settingName;
        }
    }
}
