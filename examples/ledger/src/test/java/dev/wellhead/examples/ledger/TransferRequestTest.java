package dev.wellhead.examples.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.wellhead.examples.ledger.TransferRequest.InvalidRequestException;
import dev.wellhead.examples.ledger.common.StrictJson;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TransferRequestTest {

    private static final String GOOD = "{'from':'a','to':'b','amount':1250,'description':'rent'}";
    private static final String AMOUNT = "amount must be a whole number of minor units, 1 to 1000000000000";
    private static final String TEXT = " must be a string of 1 to 200 characters";

    static Stream<Arguments> invalid() {
        return Stream.of(
                arguments(
                        null,
                        GOOD,
                        422,
                        "Idempotency-Key must be a header of 1 to 200 characters that is unique for every order"),
                arguments("k", GOOD.replace("1250", "0"), 422, AMOUNT),
                arguments("k", GOOD.replace("1250", "-5"), 422, AMOUNT),
                arguments("k", GOOD.replace("1250", "12.5"), 422, AMOUNT),
                arguments("k", GOOD.replace("1250", "'1250'"), 422, AMOUNT),
                arguments("k", GOOD.replace("1250", "1e400000000"), 422, AMOUNT),
                arguments("k", GOOD.replace("1250", "9223372036854775808"), 422, AMOUNT),
                arguments("k", GOOD.replace("'b'", "'a'"), 422, "to must be different from 'from'"),
                arguments("k", GOOD.replace("'a'", "7"), 422, "from" + TEXT),
                arguments("k", GOOD.replace("'a'", "' '"), 422, "from" + TEXT),
                arguments("k", GOOD.replace("'rent'", "null"), 422, "description" + TEXT),
                arguments("k", GOOD.replace("rent", "x".repeat(201)), 422, "description" + TEXT),
                arguments("k", GOOD.replace("rent", "\\u0000"), 422, "description" + TEXT),
                arguments(
                        "k",
                        GOOD.replace("}", ",'ammount':1}"),
                        422,
                        "ammount is unknown; the members are from, to, amount, description"),
                arguments("k", "{}", 422, "from" + TEXT + " | to" + TEXT + " | " + AMOUNT),
                arguments("k", "[]", 400, "body must be one JSON object"),
                arguments("k", "", 400, "body must be one JSON object"),
                arguments("k", GOOD + "{}", 400, "body must be one JSON object"),
                arguments("k", "{from:1}", 400, "body must be one JSON object"),
                arguments("k", "{".repeat(10_000), 400, "body must be one JSON object"),
                arguments("k", "[".repeat(10_000), 400, "body must be one JSON object"));
    }

    @Test
    void parse_everythingGiven_isTheTransfer() throws Exception {
        assertThat(TransferRequest.parse(" k ", json(GOOD))).isEqualTo(new Transfer("k", "a", "b", 1250, "rent"));
    }

    @Test
    void parse_noDescription_takesTransfer() throws Exception {
        assertThat(TransferRequest.parse("k", json("{'from':'a','to':'b','amount':1}"))
                        .description())
                .isEqualTo("transfer");
    }

    @ParameterizedTest
    @MethodSource("invalid")
    void parse_invalid_reportsAllFields(@Nullable String key, String body, int status, String expected) {
        InvalidRequestException refused = Assertions.catchThrowableOfType(
                InvalidRequestException.class, () -> TransferRequest.parse(key, json(body)));

        assertThat(refused.response().status()).isEqualTo(status);
        assertThat(refused.response().contentType()).isEqualTo("application/problem+json");
        StringBuilder errors = new StringBuilder();
        StrictJson.object(refused.response().body()).getAsJsonArray("errors").forEach(error -> errors.append(
                        errors.isEmpty() ? "" : " | ")
                .append(error.getAsJsonObject().get("field").getAsString())
                .append(' ')
                .append(error.getAsJsonObject().get("message").getAsString()));
        assertThat(errors).hasToString(expected);
    }

    private static String json(String quotedSimply) {
        return quotedSimply.replace('\'', '"');
    }
}
