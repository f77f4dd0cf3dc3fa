package dev.wellhead.aws;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonSyntaxException;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import dev.wellhead.credentials.Credentials;
import dev.wellhead.credentials.CredentialsException;
import dev.wellhead.internal.secret.SecretLogin;
import dev.wellhead.internal.secret.SecretParser;
import dev.wellhead.testkit.ShownText;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;

/** Parses any text as a secret. */
class SecretParserFuzzTest {

    private static final SecretParser PARSER =
            new SecretParser("The secret 'prod/ledger'", RotatingSecrets.KEYS, "app", "DB_USER");

    @FuzzTest
    void secret_anyText_isReadAsAnotherParserDoesOrRefusedWithoutShowingIt(byte[] input) {
        String text = new String(input, StandardCharsets.UTF_8);
        SecretLogin login;
        try {
            login = PARSER.parse(text, "current");
        } catch (CredentialsException e) {
            ShownText.requireHarmless(e);
            return;
        }
        Credentials credentials = login.credentials();
        requireSendable(credentials.user());
        requireSendable(credentials.password());
        if (text.strip().startsWith("{")) {
            requireSame(text.strip(), credentials);
        }
    }

    /**
     * A NUL character ends a string in PostgreSQL's protocol. The server would read the rest of the user name as
     * another session parameter.
     */
    private static void requireSendable(String text) {
        if (text.indexOf('\0') >= 0 || !StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            throw new AssertionError("a text that PostgreSQL cannot receive");
        }
    }

    private static void requireSame(String text, Credentials credentials) {
        JsonObject object;
        try {
            JsonReader reader = new JsonReader(new StringReader(text));
            reader.setStrictness(Strictness.STRICT);
            reader.setNestingLimit(Integer.MAX_VALUE);
            object = JsonParser.parseReader(reader).getAsJsonObject();
        } catch (JsonSyntaxException notJson) {
            // typesafe-config also accepts some numbers that JSON does not have, such as 01
            return;
        }
        requireSame(object, "password", credentials.password());
        requireSame(object, "username", credentials.user());
    }

    private static void requireSame(JsonObject object, String field, String text) {
        JsonElement expected = object.get(field);
        boolean isSet = expected != null
                && !expected.isJsonNull()
                && !expected.getAsString().isEmpty();
        if (isSet && !expected.getAsString().equals(text)) {
            throw new AssertionError(field + " is " + text + " and not " + expected);
        }
    }
}
