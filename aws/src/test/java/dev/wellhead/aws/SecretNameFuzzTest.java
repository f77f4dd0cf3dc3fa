package dev.wellhead.aws;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.wellhead.credentials.CredentialsException;
import dev.wellhead.testkit.ShownText;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads any text as the name or ARN of a secret, as a region, and as the host name of an RDS instance. */
class SecretNameFuzzTest {

    private static final Pattern ARN =
            Pattern.compile("arn:aws[a-z-]*:secretsmanager:([a-z0-9-]+):[0-9]{12}:secret:[A-Za-z0-9/_+=.@!-]+");

    @FuzzTest
    void name_anyText_hasAValidRegionOrIsRefusedWithoutShowingIt(byte[] input) {
        String text = new String(input, StandardCharsets.UTF_8);
        if (ShownText.showsMark(text.replace(ShownText.MARK, ""))) {
            // Jazzer copies parts of the mark into its input. A name may be shown.
            return;
        }
        requireRegion(RdsHost.region(text));
        try {
            SecretName name = SecretName.of(text, "DB_SECRET_ID");
            ShownText.requireHarmless(name.toString().replace(ShownText.MARK, ""));
            requireRegion(name.region());
            if (name.region() == null ? text.indexOf(':') >= 0 : !isArnOf(text, name.region())) {
                throw new AssertionError("accepted: " + text);
            }
        } catch (CredentialsException e) {
            ShownText.requireHarmless(e);
        }
        try {
            requireRegion(RegionName.require(text, "DB_SECRET_REGION"));
        } catch (CredentialsException e) {
            ShownText.requireHarmless(String.valueOf(e.getMessage()).replace(ShownText.MARK, ""));
        }
    }

    private static boolean isArnOf(String text, String region) {
        var matcher = ARN.matcher(text);
        return matcher.matches() && matcher.group(1).equals(region);
    }

    /** The SDK makes a host name from a region. */
    private static void requireRegion(@Nullable String region) {
        if (region != null) {
            String host = "secretsmanager." + region + ".amazonaws.com";
            if (!host.equals(URI.create("https://" + host + "/").getHost())) {
                throw new AssertionError(region + " changes the host");
            }
        }
    }
}
