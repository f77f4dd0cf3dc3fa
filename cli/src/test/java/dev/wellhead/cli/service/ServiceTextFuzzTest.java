package dev.wellhead.cli.service;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.wellhead.internal.sources.SettingsRequest;
import dev.wellhead.testkit.ShownText;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Reads variables and answers with any content. */
class ServiceTextFuzzTest {

    @FuzzTest
    void url_any_isShownWithoutItsPassword(byte[] input) {
        String text = new String(input, StandardCharsets.UTF_8);
        for (String url : List.of(text, "redis://app:" + text + ShownText.MARK + "@127.0.0.1:6379/0")) {
            Map<String, String> variables =
                    Map.of("REDIS_URL", url, "AMQP_URL", url, "QUEUE_URL", url, "AWS_ENDPOINT_URL_S3", url);
            for (NamedService service :
                    NamedServices.of(variables, name -> SettingsRequest.of(name, variables), List.of(), List.of())) {
                ShownText.requireHarmless(service.place() + service.keys());
                ServiceDefect defect = service.defect();
                ShownText.requireHarmless(defect == null ? "" : defect.message() + defect.fix());
            }
        }
    }

    @FuzzTest
    void answer_any_isRecognisedOrNot(byte[] input) {
        for (ServiceProtocol protocol : ServiceProtocol.values()) {
            ServiceAnswer answer = ServiceAnswer.recognise(protocol, input, input.length);
            if (answer != null) {
                ShownText.requireHarmless(answer.text());
                int status = answer.status();
                if (status != 0 && (status < 100 || status > 599)) {
                    throw new AssertionError("status " + status);
                }
            }
        }
    }

    @FuzzTest
    void reply_ofRedis_isReadOrRefused(byte[] input) {
        try {
            RedisReply reply = RedisReply.read(new ByteArrayInputStream(input));
            ShownText.requireHarmless(reply.shown(List.of()));
            ShownText.requireHarmless(reply.field("role"));
        } catch (IOException e) {
            ShownText.requireHarmless(e);
        }
    }
}
