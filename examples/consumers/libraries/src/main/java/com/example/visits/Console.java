package com.example.visits;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/** Adds a visit for every line of standard input, and prints the number of visits. */
final class Console {

    private Console() {}

    static void run(Visits visits) throws IOException {
        BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        while (input.readLine() != null) {
            System.out.println("> " + answer(visits));
        }
    }

    private static String answer(Visits visits) {
        try {
            return Long.toString(visits.add());
        } catch (Exception e) {
            return "failed: " + String.valueOf(e.getMessage()).replaceAll("\\R", " ");
        }
    }
}
