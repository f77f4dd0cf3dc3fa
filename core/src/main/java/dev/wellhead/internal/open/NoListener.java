package dev.wellhead.internal.open;

import dev.wellhead.spi.DatabaseListener;

/** Receives the events if there is no listener. */
final class NoListener implements DatabaseListener {}
