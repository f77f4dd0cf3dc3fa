/** Runs a service with other versions of the libraries than those that the modules were compiled with. */
@NullMarked
package dev.wellhead.compatibility;

import org.jspecify.annotations.NullMarked;
