/** Output for people and programs: tables that fit a terminal, colours, JSON. */
@NullMarked
package dev.wellhead.cli.output;

import org.jspecify.annotations.NullMarked;
