package dev.wellhead.spring.boot;

import org.springframework.boot.autoconfigure.jdbc.JdbcConnectionDetails;

/** {@code JdbcConnectionDetails}, which has another package in Spring Boot 4. */
interface BootConnectionDetails extends JdbcConnectionDetails {}
