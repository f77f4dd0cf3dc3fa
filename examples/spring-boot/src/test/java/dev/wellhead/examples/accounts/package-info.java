@NullMarked
package dev.wellhead.examples.accounts;

import org.jspecify.annotations.NullMarked;
