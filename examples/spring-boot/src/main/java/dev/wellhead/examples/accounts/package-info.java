/** A Spring Boot service that uses Wellhead as its data source. Entry type: {@code AccountsApplication}. */
@NullMarked
package dev.wellhead.examples.accounts;

import org.jspecify.annotations.NullMarked;
