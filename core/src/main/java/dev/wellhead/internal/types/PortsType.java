package dev.wellhead.internal.types;

import java.util.ArrayList;
import java.util.List;

/** One port, or one per host, separated by commas. */
public final class PortsType implements SettingType<List<Integer>> {

    private static final String HOW = "Use whole numbers from 1 to 65535 in plain digits, separated by commas.";

    @Override
    public String description() {
        return "ports from 1 to 65535, separated by commas";
    }

    @Override
    public List<Integer> parse(String text) throws InvalidValueException {
        List<Integer> ports = new ArrayList<>(1);
        int start = 0;
        while (start <= text.length()) {
            int comma = text.indexOf(',', start);
            int end = comma < 0 ? text.length() : comma;
            ports.add(port(text.substring(start, end), start > 0 || comma >= 0));
            start = end + 1;
        }
        return List.copyOf(ports);
    }

    private static int port(String text, boolean listed) throws InvalidValueException {
        long port = IntegerType.digits(text);
        if (port < 1 || port > 65535) {
            throw new InvalidValueException(listed ? "not a list of ports" : "not a port", HOW);
        }
        return (int) port;
    }

    @Override
    public String format(List<Integer> ports) {
        StringBuilder text = new StringBuilder();
        for (int port : ports) {
            text.append(text.length() == 0 ? "" : ",").append(port);
        }
        return text.toString();
    }
}
