package dev.wellhead.examples.accounts;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Starts the service. The starter opens the database, and Flyway migrates it before the first request. */
@SpringBootApplication
public class AccountsApplication {

    public static void main(String[] arguments) {
        SpringApplication.run(AccountsApplication.class, arguments);
    }
}
