package dev.wellhead.internal.sources;

import dev.wellhead.internal.types.RawValue;
import dev.wellhead.settings.Origin;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Derives the application name that is used if none is set: the service and the host it runs on. */
public final class ApplicationName {

    /** One less than the server's NAMEDATALEN. The server cuts longer names off. */
    public static final int LONGEST_BYTES = 63;

    private ApplicationName() {}

    public static RawValue derive(SettingsRequest request) {
        Map<String, String> variables = request.variables();
        String service = variables.get("OTEL_SERVICE_NAME");
        String from = "OTEL_SERVICE_NAME";
        if (service == null || service.isBlank()) {
            service = request.program();
            from = request.supplied() == null ? "the program name" : "the name of the application";
        }
        if (service == null || service.isBlank()) {
            service = "wellhead";
            from = "the name of the library";
        }
        String host = host(variables, request.hostName());
        String all = host == null ? service : service + "@" + host;
        // the server of another catalogue can refuse a name with blanks
        String name = cut(request.catalogue().isOfDatabases() ? printable(all) : plain(all));
        return RawValue.of(
                request.catalogue().clientName(),
                name,
                new Origin.Derived("from " + from + (host == null ? "" : " and the host name")));
    }

    private static @Nullable String host(Map<String, String> variables, @Nullable String machine) {
        for (String variable : new String[] {"HOSTNAME", "COMPUTERNAME"}) {
            String host = variables.get(variable);
            if (host != null && !host.isBlank()) {
                return host;
            }
        }
        return machine;
    }

    /** Control characters would be shown as question marks or escapes by the server, and NUL would end the name. */
    private static String printable(String name) {
        StringBuilder text = new StringBuilder(name.length());
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            text.append(Character.isISOControl(c) || Character.isSurrogate(c) ? '?' : c);
        }
        return text.toString();
    }

    /** {@return the name with a hyphen in place of each character that a name of a host, a program or a path rarely has} */
    private static String plain(String name) {
        return name.replaceAll("[^A-Za-z0-9._@:/-]", "-");
    }

    /** {@return the longest part of the text that has at most 63 bytes in UTF-8 and ends with a whole character} */
    public static String cut(String text) {
        if (text.length() <= LONGEST_BYTES / 3 || bytes(text) <= LONGEST_BYTES) {
            return text;
        }
        int end = 0;
        int bytes = 0;
        while (end < text.length()) {
            int next = text.offsetByCodePoints(end, 1);
            bytes += bytes(text.substring(end, next));
            if (bytes > LONGEST_BYTES) {
                break;
            }
            end = next;
        }
        return text.substring(0, end);
    }

    public static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
