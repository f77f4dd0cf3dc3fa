package dev.wellhead.cli.service;

/**
 * What is wrong with the variables of a service. Contains nothing sensitive.
 *
 * @param message a sentence
 * @param fix a sentence
 * @param prevents whether the service cannot be used because of it; otherwise it is a warning
 */
record ServiceDefect(String message, String fix, boolean prevents) {}
