package dev.wellhead.redis;

/** A client of one Redis or Valkey server. */
public final class Redis {

    private Redis() {}
}
