package dev.wellhead.internal.text;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.wellhead.testkit.ShownText;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Makes any text safe to show. Pairs of bytes are characters, so that unpaired surrogates occur. */
class SafeTextFuzzTest {

    private static final String CUT = "...";

    @FuzzTest
    void text_any_isShortAndReadableAndStaysAsItIs(byte[] input) {
        check(new String(input, StandardCharsets.UTF_8));
        check(characters(input));
    }

    private static String characters(byte[] input) {
        StringBuilder text = new StringBuilder(input.length / 2);
        for (int i = 0; i + 1 < input.length; i += 2) {
            text.append((char) ((input[i] << 8) | (input[i + 1] & 0xFF)));
        }
        return text.toString();
    }

    private static void check(String text) {
        String safe = SafeText.of(text);
        if (safe.length() > SafeText.LONGEST + CUT.length() || safe.indexOf('\n') >= 0) {
            throw new AssertionError("not one short line: " + safe);
        }
        for (String shown : List.of(safe, SafeText.sentence(text), SafeText.lines(text), SafeText.listed(text))) {
            requireReadable(shown);
        }
        if (safe.length() <= SafeText.LONGEST && !SafeText.of(safe).equals(safe)) {
            throw new AssertionError(safe + " became " + SafeText.of(safe));
        }
        if (SafeText.isSafe(text) && !safe.equals(text)) {
            throw new AssertionError(text + " is safe, but became " + safe);
        }
    }

    private static void requireReadable(String shown) {
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(shown)) {
            throw new AssertionError("not valid Unicode");
        }
        // Nothing is sensitive here. Jazzer copies parts of the mark into its input.
        if (!ShownText.showsMark(shown)) {
            ShownText.requireHarmless(shown);
        }
    }
}
