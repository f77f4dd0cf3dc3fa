package dev.wellhead.cli;

import dev.wellhead.settings.HostAndPort;
import dev.wellhead.settings.ResolvedSetting;
import dev.wellhead.settings.Setting;
import java.util.ArrayList;
import java.util.List;

/** What can be said of settings that cannot be opened. */
final class Partial {

    private Partial() {}

    /** {@return the servers, as far as hosts and ports go together} */
    static List<HostAndPort> hosts(List<ResolvedSetting> settings, Setting<?> hosts, Setting<?> ports) {
        String[] names = texts(settings, hosts);
        String[] numbers = texts(settings, ports);
        List<HostAndPort> servers = new ArrayList<>();
        if (numbers.length == 1 || numbers.length == names.length) {
            for (int i = 0; i < names.length; i++) {
                String port = numbers[numbers.length == 1 ? 0 : i];
                servers.add(new HostAndPort(names[i], Integer.parseInt(port)));
            }
        }
        return servers;
    }

    private static String[] texts(List<ResolvedSetting> settings, Setting<?> setting) {
        for (ResolvedSetting resolved : settings) {
            if (resolved.name().equals(setting.name())) {
                String[] texts = resolved.value().split(",", -1);
                for (int i = 0; i < texts.length; i++) {
                    texts[i] = texts[i].strip();
                }
                return texts;
            }
        }
        return new String[0];
    }
}
