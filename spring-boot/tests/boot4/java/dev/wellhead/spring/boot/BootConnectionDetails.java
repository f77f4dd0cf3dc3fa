package dev.wellhead.spring.boot;

import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;

/** {@code JdbcConnectionDetails}, which has another package in Spring Boot 3. */
interface BootConnectionDetails extends JdbcConnectionDetails {}
