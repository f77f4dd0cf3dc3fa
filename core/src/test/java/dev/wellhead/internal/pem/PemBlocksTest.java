package dev.wellhead.internal.pem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PemBlocksTest {

    private static final String CERTIFICATE = block("CERTIFICATE", "MAA=");

    @Test
    void of_blocksInTextOfAnyKind_areReturnedInTheirOrder() throws Exception {
        String text = "subject=CN = app\n" + CERTIFICATE + "\nKey attributes: <none>\n" + block("PRIVATE KEY", "MAA=")
                + "# end";

        assertThat(labels(text)).containsExactly("CERTIFICATE", "PRIVATE KEY");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\r", " ", "\\n", "\\r\\n"})
    void of_lineBreaksOfEveryKind_areRead(String lineBreak) throws Exception {
        List<PemBlock> blocks = PemBlocks.of((CERTIFICATE + "\n" + CERTIFICATE).replace("\n", lineBreak));

        assertThat(blocks).hasSize(2);
        assertThat(blocks.get(1).decode()).containsExactly(0x30, 0);
    }

    @Test
    void of_byteOrderMark_isSkipped() throws Exception {
        assertThat(labels("\uFEFF" + CERTIFICATE)).containsExactly("CERTIFICATE");
        assertThat(labels("\u00EF\u00BB\u00BF" + CERTIFICATE)).containsExactly("CERTIFICATE");
    }

    @Test
    void of_beginLineInsideASentence_isText() throws Exception {
        assertThat(labels("# a block starts with -----BEGIN CERTIFICATE-----\n" + CERTIFICATE))
                .containsExactly("CERTIFICATE");
    }

    @Test
    void of_headers_areRead() throws Exception {
        PemBlock block = PemBlocks.of(block("RSA PRIVATE KEY", "Proc-Type: 4,ENCRYPTED\nDEK-Info: DES-CBC,00\n\nMAA="))
                .get(0);

        assertThat(block.header("DEK-Info")).isEqualTo("DES-CBC,00");
        assertThat(block.header("Other")).isEmpty();
        assertThat(block.decode()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-----BEGIN CERTIFICATE-----\nMAA=",
                "-----BEGIN CERTIFICATE-----\nMAA=\n-----END PRIVATE KEY-----",
                "-----BEGIN CERTIFICATE-----\nMAA=\n-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----"
            })
    void of_blockWithoutEnd_isRefused(String text) {
        assertThatThrownBy(() -> PemBlocks.of(text))
                .isInstanceOf(PemException.class)
                .hasMessage("contains a block CERTIFICATE without its end line");
    }

    @Test
    void decode_otherCharacters_areRefusedAndNotShown() throws Exception {
        PemBlock block = PemBlocks.of(block("PRIVATE KEY", "secret*")).get(0);

        assertThatThrownBy(block::decode)
                .isInstanceOf(PemException.class)
                .hasMessage("contains a block PRIVATE KEY that is not valid base64")
                .hasNoCause();
        assertThat(block).hasToString("PemBlock[PRIVATE KEY]");
    }

    private static List<String> labels(String text) throws PemException {
        return PemBlocks.of(text).stream().map(PemBlock::label).toList();
    }

    private static String block(String label, String content) {
        return "-----BEGIN " + label + "-----\n" + content + "\n-----END " + label + "-----";
    }
}
