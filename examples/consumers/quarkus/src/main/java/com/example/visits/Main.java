package com.example.visits;

import io.quarkus.runtime.QuarkusApplication;
import io.quarkus.runtime.annotations.QuarkusMain;
import jakarta.inject.Inject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/** Adds a visit for every line of standard input, and prints the number of visits. */
@QuarkusMain
public class Main implements QuarkusApplication {

    @Inject
    Visits visits;

    @Override
    public int run(String... arguments) throws IOException {
        BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        while (input.readLine() != null) {
            System.out.println("> " + answer());
        }
        return 0;
    }

    private String answer() {
        try {
            return Long.toString(visits.add());
        } catch (RuntimeException e) {
            return "failed: " + String.valueOf(e.getMessage()).replaceAll("\\R", " ");
        }
    }
}
