package dev.wellhead.internal.sources;

import dev.wellhead.internal.types.Problems;
import dev.wellhead.internal.types.RawValue;
import dev.wellhead.internal.url.LibpqParameters;
import dev.wellhead.internal.url.Parameter;
import dev.wellhead.internal.url.UnknownParameter;
import dev.wellhead.settings.Origin;
import dev.wellhead.settings.ProblemCode;
import dev.wellhead.settings.Sensitive;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads one section of a service file by libpq's grammar. Other sections are not checked, as in libpq. */
final class ServiceSection {

    private final String file;
    private final String service;
    private final Problems problems;
    private final List<RawValue> values = new ArrayList<>();
    private final List<String> otherServices = new ArrayList<>();
    private final Map<String, Integer> lineOf = new HashMap<>();
    private String nameBefore = "";

    ServiceSection(String file, String service, Problems problems) {
        this.file = file;
        this.service = service;
        this.problems = problems;
    }

    List<RawValue> values() {
        return values;
    }

    /** {@return the names of the other sections} */
    List<String> otherServices() {
        return otherServices;
    }

    /** {@return whether the file has the section} */
    boolean read(List<String> lines) {
        int foundAt = 0;
        boolean inside = false;
        for (int number = 1; number <= lines.size(); number++) {
            String line = strip(lines.get(number - 1));
            if (line.isEmpty() || line.charAt(0) == '#') {
                continue;
            }
            if (line.charAt(0) == '[') {
                inside = isHeader(line);
                if (inside && foundAt > 0) {
                    add(number, "The service is defined twice", "first in line " + foundAt, "Keep one of them.");
                    return true;
                }
                foundAt = inside ? number : foundAt;
            } else if (inside) {
                readParameter(number, line);
            }
        }
        return foundAt > 0;
    }

    private boolean isHeader(String line) {
        if (line.startsWith(service, 1) && line.startsWith("]", 1 + service.length())) {
            return true;
        }
        int end = line.indexOf(']');
        if (end > 1) {
            otherServices.add(line.substring(1, end));
        }
        return false;
    }

    private void readParameter(int number, String line) {
        int equals = line.indexOf('=');
        if (line.startsWith("ldap")) {
            add(
                    number,
                    "The service is defined in LDAP",
                    "which Wellhead does not support",
                    "Write the parameters here.");
        } else if (equals < 0) {
            add(
                    number,
                    "The line has no '='",
                    "so it is not a parameter",
                    "Write name=value, or start it with # or [.");
        } else if (isBlank(line, equals - 1) || isBlank(line, equals + 1)) {
            add(
                    number,
                    "The line has a blank around '='",
                    "which libpq reads as part of the name or the value",
                    "Write name=value without blanks.");
        } else {
            readParameter(number, line.substring(0, equals), line.substring(equals + 1));
        }
    }

    private void readParameter(int number, String name, String text) {
        String nameOfLineBefore = nameBefore;
        nameBefore = name;
        Parameter parameter = LibpqParameters.all().find(name);
        if (parameter == null) {
            UnknownParameter unknown = new UnknownParameter(name, Sensitive.of(text), "the file", false, "");
            addUnknown(number, unknown, UnknownParameter.isPassword(nameOfLineBefore));
            return;
        }
        Integer before = lineOf.put(name, number);
        if (before != null) {
            add(number, name + " is set twice", "first in line " + before, "Keep one of them.");
        } else if (text.isEmpty()) {
            add(number, name + " has no value", "so it has no effect", "Remove the line.");
        } else {
            RawValue value = parameter.read(text, spot(number), problems);
            if (value != null) {
                values.add(value);
            }
        }
    }

    /** @param followsPassword whether the name may be the rest of a password with a line break */
    private void addUnknown(int number, UnknownParameter unknown, boolean followsPassword) {
        boolean shown = unknown.canBeShown() && !followsPassword;
        problems.add(
                ProblemCode.INVALID_SERVICE,
                "PGSERVICE",
                shown
                        ? "The line sets " + unknown.description() + "."
                        : "The line sets an unknown parameter, which libpq also rejects.",
                spot(number),
                unknown.fixes());
    }

    private void add(int number, String what, String why, String fix) {
        problems.add(ProblemCode.INVALID_SERVICE, "PGSERVICE", what + ", " + why + ".", spot(number), fix);
    }

    private Origin spot(int number) {
        return new Origin.LibpqFile(file, number);
    }

    private static boolean isBlank(String line, int index) {
        return index >= 0 && index < line.length() && isBlank(line.charAt(index));
    }

    /** The characters that libpq strips: those of C's isspace(). */
    private static boolean isBlank(char c) {
        return c == ' ' || (c >= '\t' && c <= '\r');
    }

    private static String strip(String line) {
        int start = 0;
        int end = line.length();
        while (end > start && isBlank(line.charAt(end - 1))) {
            end--;
        }
        while (start < end && isBlank(line.charAt(start))) {
            start++;
        }
        return line.substring(start, end);
    }
}
