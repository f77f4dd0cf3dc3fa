package dev.wellhead.examples.guides;

import dev.wellhead.testkit.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A fenced code block of a page.
 *
 * @param page the page, relative to the root
 * @param line the line number of the opening fence
 * @param info the text after the fence: the language, the name of a file if the block is one, and what a test does with it
 * @param code the lines between the fences
 */
record Snippet(String page, int line, String info, String code) {

    private static final String FENCE = "```";
    private static final Pattern TYPE = Pattern.compile(
            "^(?:@\\S+\\s+)*(?:public )?(?:final )?(?:class|record|interface|enum) (\\w+)", Pattern.MULTILINE);

    private static final Pattern PACKAGE = Pattern.compile("^package ([\\w.]+);");

    /** What a block without imports of its own may use. */
    private static final String USUAL_IMPORTS =
            """
            import dev.wellhead.*;
            import dev.wellhead.credentials.*;
            import dev.wellhead.settings.*;
            import dev.wellhead.spi.*;
            import dev.wellhead.tls.*;
            import java.sql.*;
            import java.time.*;
            import java.util.*;
            """;

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
                String info = lines.get(opened).substring(FENCE.length()).strip();
                snippets.add(new Snippet(page, opened + 1, info, code));
                opened = -1;
            }
        }
        if (opened >= 0) {
            throw new AssertionError(page + ":" + (opened + 1) + " opens a code block that is not closed");
        }
        return snippets;
    }

    static List<Snippet> of(List<String> pages) throws IOException {
        List<Snippet> snippets = new ArrayList<>();
        for (String page : pages) {
            snippets.addAll(of(page));
        }
        return snippets;
    }

    /** {@return the first word of the info} */
    String language() {
        return info.split(" ", 2)[0];
    }

    /** {@return the name of the file that the block is the content of, or an empty text} */
    String file() {
        for (String word : info.split(" ", -1)) {
            if (word.contains(".")) {
                return word;
            }
        }
        return "";
    }

    boolean isJava() {
        return language().equals("java");
    }

    boolean isRunnable() {
        return isJava() && info.endsWith(" run");
    }

    /** {@return whether the block is a whole source file, or statements with all their imports} */
    boolean hasImports() {
        return code.startsWith("import ") || code.startsWith("package ");
    }

    /** {@return the name of the class with the main method, with its package} */
    String mainClass() {
        Matcher type = TYPE.matcher(code);
        Matcher name = PACKAGE.matcher(code);
        return (name.find() ? name.group(1) + "." : "") + (type.find() ? type.group(1) : "Example");
    }

    /** {@return the block as a source file; statements become the main method of a class {@code Example}} */
    String source() {
        if (TYPE.matcher(code).find()) {
            return hasImports() ? code : USUAL_IMPORTS + code;
        }
        StringBuilder imports = new StringBuilder(hasImports() ? "" : USUAL_IMPORTS);
        StringBuilder body = new StringBuilder();
        code.lines().forEach(text -> (text.startsWith("import ") ? imports : body)
                .append(text)
                .append('\n'));
        return imports + "public class Example { public static void main(String[] args) throws Exception {\n" + body
                + "} }\n";
    }

    /** Writes the files that the page shows, for example the scripts of a migration, below a directory. */
    void writeFilesOfThePage(Path directory) throws IOException {
        for (Snippet snippet : of(page)) {
            if (!snippet.file().isEmpty()) {
                Path file = directory.resolve(snippet.file());
                Files.createDirectories(file.toAbsolutePath().getParent());
                Files.writeString(file, snippet.code() + "\n");
            }
        }
    }

    @Override
    public String toString() {
        return page + ":" + line;
    }
}
