package dev.wellhead.spring.boot;

import dev.wellhead.DatabaseBuilder;

/**
 * A bean that changes how a database is opened, for example adds a listener. All beans of this type are called, in the
 * order of {@link org.springframework.core.annotation.Order}, once for each database and before it is opened. What they
 * set overrides every other source.
 *
 * <pre>{@code
 * @Bean
 * DatabaseBuilderCustomizer credentials(VaultCredentials vault) {
 *     return (database, builder) -> builder.credentials(vault.of(database));
 * }
 * }</pre>
 */
@FunctionalInterface
public interface DatabaseBuilderCustomizer {

    /**
     * Changes the builder.
     *
     * @param database the name of the database; {@code default} for the primary one
     * @param builder the builder, with Spring's {@code Environment} as its source of settings
     */
    void customize(String database, DatabaseBuilder builder);
}
