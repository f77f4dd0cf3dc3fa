package dev.wellhead.cli.text;

import java.util.ArrayList;
import java.util.List;

/** Breaks text into lines: at spaces, else behind what a path or a list is made of, else anywhere. */
public final class Wrap {

    private static final String BREAKS = "/,:;.=_-";

    private Wrap() {}

    /** {@return {@code text} in lines of at most {@code width} characters; one line where {@code width} is 0} */
    public static List<String> lines(String text, int width) {
        List<String> lines = new ArrayList<>();
        String rest = text;
        while (width > 0 && rest.length() > width) {
            int end = end(rest, width);
            lines.add(rest.substring(0, end).stripTrailing());
            rest = rest.substring(end).stripLeading();
        }
        lines.add(rest);
        return lines;
    }

    /** {@return a paragraph whose first line begins with {@code lead}, and the others with as many spaces} */
    public static String paragraph(String lead, String text, Terminal terminal) {
        int width = terminal.isBounded() ? Math.max(20, terminal.width() - lead.length()) : 0;
        String newLine = System.lineSeparator() + " ".repeat(lead.length());
        return lead + String.join(newLine, lines(text, width));
    }

    private static int end(String text, int width) {
        int space = text.lastIndexOf(' ', width);
        if (space > 0) {
            return space;
        }
        for (int i = width; i > width / 2; i--) {
            if (BREAKS.indexOf(text.charAt(i - 1)) >= 0) {
                return i;
            }
        }
        return width;
    }
}
