package dev.wellhead.examples.ledger;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A fenced code block of a page.
 *
 * @param page the page, relative to the root
 * @param line the line number of the opening fence
 * @param info the text after the fence, for example {@code java run}
 * @param code the lines between the fences
 */
record Snippet(String page, int line, String info, String code) {

    private static final String FENCE = "```";

    static List<Snippet> of(String page) throws IOException {
        List<Snippet> snippets = new ArrayList<>();
        List<String> lines = Repository.read(page).lines().toList();
        int opened = -1;
        for (int i = 0; i < lines.size(); i++) {
            if (!lines.get(i).startsWith(FENCE)) {
                continue;
            }
            if (opened < 0) {
                opened = i;
            } else {
                String code = String.join("\n", lines.subList(opened + 1, i));
                snippets.add(new Snippet(
                        page,
                        opened + 1,
                        lines.get(opened).substring(FENCE.length()).strip(),
                        code));
                opened = -1;
            }
        }
        if (opened >= 0) {
            throw new AssertionError(page + ":" + (opened + 1) + " opens a code block that is not closed");
        }
        return snippets;
    }

    boolean isJava() {
        return info.equals("java") || isRunnable();
    }

    boolean isRunnable() {
        return info.equals("java run");
    }

    /** {@return a source file with the class {@code Example}, whose main method contains the block} */
    String source() {
        StringBuilder imports = new StringBuilder();
        StringBuilder body = new StringBuilder();
        code.lines().forEach(text -> (text.startsWith("import ") ? imports : body)
                .append(text)
                .append('\n'));
        boolean isType =
                body.toString().stripLeading().matches("(?s)(public |final )*(class|record|interface|enum) .*");
        String type = isType ? body.toString() : "";
        String main = isType ? "" : body.toString();
        return """
                import dev.wellhead.*;
                import dev.wellhead.credentials.*;
                import dev.wellhead.settings.*;
                import dev.wellhead.spi.*;
                import dev.wellhead.tls.*;
                import java.sql.*;
                import java.time.*;
                import java.util.*;
                """
                + imports
                + "public class Example { public static void main(String[] args) throws Exception {\n"
                + main
                + "} }\n"
                + type;
    }

    @Override
    public String toString() {
        return page + ":" + line;
    }
}
