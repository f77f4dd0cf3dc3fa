/** What a terminal or a program reads: tables as wide as there is room, colours where they are wanted, JSON. */
@NullMarked
package dev.wellhead.cli.text;

import org.jspecify.annotations.NullMarked;
