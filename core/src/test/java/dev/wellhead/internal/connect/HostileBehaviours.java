package dev.wellhead.internal.connect;

import java.util.ArrayList;
import java.util.List;

/** Collects the behaviours of one subject. */
class HostileBehaviours {

    private final List<HostileBehaviour> all = new ArrayList<>();

    final List<HostileBehaviour> all() {
        return all;
    }

    final void add(String name, HostileClient client, String outcome, ScriptedServer.Script script) {
        all.add(new HostileBehaviour(name, client, script, outcome, false, false));
    }

    /** Adds a server that does not complete the login in time. */
    final void addSlow(String name, HostileClient client, ScriptedServer.Script script) {
        all.add(new HostileBehaviour(name, client, script, "timed_out: ", true, false));
    }

    /** Adds a server that is verified and may receive the password in clear text. */
    final void addTrusted(String name, HostileClient client, String outcome, ScriptedServer.Script script) {
        all.add(new HostileBehaviour(name, client, script, outcome, false, true));
    }
}
