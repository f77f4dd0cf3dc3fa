package dev.wellhead.internal.connect;

/**
 * A server that breaks a rule, and the failure that it must cause.
 *
 * @param outcome the beginning of the failure as {@code kind: reason}
 * @param isSlow whether the attempt ends at its deadline
 * @param isTrusted whether the server may receive the password in clear text, although the client is not lenient
 */
record HostileBehaviour(
        String name,
        HostileClient client,
        ScriptedServer.Script script,
        String outcome,
        boolean isSlow,
        boolean isTrusted) {

    boolean mayReceivePassword() {
        return isTrusted || client == HostileClient.LENIENT;
    }

    @Override
    public String toString() {
        return name.replace('\0', '/') + " (" + client + ")";
    }
}
