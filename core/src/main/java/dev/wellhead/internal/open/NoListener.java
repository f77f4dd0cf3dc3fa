package dev.wellhead.internal.open;

import dev.wellhead.spi.DatabaseListener;

/** Ignores every event. */
final class NoListener implements DatabaseListener {}
