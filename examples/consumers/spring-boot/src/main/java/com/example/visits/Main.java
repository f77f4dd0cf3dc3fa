package com.example.visits;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** Adds a visit for every line of standard input, and prints the number of visits. */
@SpringBootApplication
public class Main {

    public static void main(String[] arguments) throws IOException {
        try (ConfigurableApplicationContext context = SpringApplication.run(Main.class, arguments)) {
            Visits visits = context.getBean(Visits.class);
            BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            while (input.readLine() != null) {
                System.out.println("> " + answer(visits));
            }
        }
    }

    private static String answer(Visits visits) {
        try {
            return Long.toString(visits.add());
        } catch (RuntimeException e) {
            return "failed: " + String.valueOf(e.getMessage()).replaceAll("\\R", " ");
        }
    }
}
