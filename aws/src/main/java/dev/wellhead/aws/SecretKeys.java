package dev.wellhead.aws;

/**
 * The fields of a secret that contain user and password, and the settings that name them.
 *
 * @param user the field that has the user; dots lead into nested objects
 * @param password the field that has the password; dots lead into nested objects
 * @param userVariable the variable that sets {@code user}, for messages
 * @param passwordVariable the variable that sets {@code password}, for messages
 */
record SecretKeys(String user, String password, String userVariable, String passwordVariable) {}
