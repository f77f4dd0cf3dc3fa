package dev.wellhead.spring.boot;

import java.util.Arrays;
import java.util.List;

/** Joins sentences to lines. */
final class Paragraphs {

    static final String BREAK = System.lineSeparator();

    private Paragraphs() {}

    /** {@return the sentences that are not empty, one per line} */
    static String lines(String indent, String... sentences) {
        return lines(indent, Arrays.asList(sentences));
    }

    /** {@return the sentences that are not empty, one per line} The indent is that of the lines after the first one. */
    static String lines(String indent, List<String> sentences) {
        return String.join(
                BREAK + indent,
                sentences.stream().filter(sentence -> !sentence.isEmpty()).toList());
    }
}
