package dev.wellhead.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Validates JSON with the keywords of JSON Schema that the schemas in {@code docs} use; any other keyword is an error. */
final class JsonSchema {

    private static final List<String> ANNOTATIONS = List.of("$schema", "title", "description", "$defs");

    private final JsonObject root;
    private final List<String> errors = new ArrayList<>();

    private JsonSchema(JsonObject root) {
        this.root = root;
    }

    /** {@return what is wrong, each with its path; empty if the document is valid} */
    static List<String> errors(JsonObject schema, JsonElement document) {
        JsonSchema validation = new JsonSchema(schema);
        validation.check(schema, document, "$");
        return validation.errors;
    }

    private void check(JsonObject schema, JsonElement value, String path) {
        for (Map.Entry<String, JsonElement> keyword : schema.entrySet()) {
            JsonElement rule = keyword.getValue();
            boolean valid =
                    switch (keyword.getKey()) {
                        case "$ref" -> {
                            check(definition(rule.getAsString()), value, path);
                            yield true;
                        }
                        case "type" -> list(rule).stream().anyMatch(type -> hasType(value, type.getAsString()));
                        case "const" -> value.equals(rule);
                        case "enum" -> rule.getAsJsonArray().contains(value);
                        case "minimum" -> !isNumber(value) || number(value).compareTo(number(rule)) >= 0;
                        case "maximum" -> !isNumber(value) || number(value).compareTo(number(rule)) <= 0;
                        case "required" ->
                            !value.isJsonObject()
                                    || list(rule).stream().allMatch(key -> value.getAsJsonObject()
                                            .has(key.getAsString()));
                        case "properties" -> {
                            rule.getAsJsonObject().entrySet().forEach(property -> checkMember(property, value, path));
                            yield true;
                        }
                        case "items" -> {
                            if (value.isJsonArray()) {
                                value.getAsJsonArray()
                                        .forEach(item -> check(rule.getAsJsonObject(), item, path + "[]"));
                            }
                            yield true;
                        }
                        case "additionalProperties" -> {
                            value.getAsJsonObject()
                                    .asMap()
                                    .forEach((key, member) -> check(rule.getAsJsonObject(), member, path + "." + key));
                            yield true;
                        }
                        default -> ANNOTATIONS.contains(keyword.getKey());
                    };
            if (!valid) {
                errors.add(path + " violates " + keyword + ": " + value);
            }
        }
    }

    private void checkMember(Map.Entry<String, JsonElement> property, JsonElement value, String path) {
        if (value.isJsonObject() && value.getAsJsonObject().has(property.getKey())) {
            check(
                    property.getValue().getAsJsonObject(),
                    value.getAsJsonObject().get(property.getKey()),
                    path + "." + property.getKey());
        }
    }

    private JsonObject definition(String reference) {
        return root.getAsJsonObject("$defs").getAsJsonObject(reference.substring("#/$defs/".length()));
    }

    private static List<JsonElement> list(JsonElement rule) {
        return rule instanceof JsonArray array ? array.asList() : List.of(rule);
    }

    private static boolean isNumber(JsonElement value) {
        return hasType(value, "number");
    }

    private static BigDecimal number(JsonElement value) {
        return value.getAsBigDecimal();
    }

    private static boolean hasType(JsonElement value, String type) {
        return switch (type) {
            case "null" -> value.isJsonNull();
            case "object" -> value.isJsonObject();
            case "array" -> value.isJsonArray();
            case "string" ->
                value.isJsonPrimitive() && value.getAsJsonPrimitive().isString();
            case "boolean" ->
                value.isJsonPrimitive() && value.getAsJsonPrimitive().isBoolean();
            case "number" ->
                value.isJsonPrimitive() && value.getAsJsonPrimitive().isNumber();
            case "integer" ->
                isNumber(value) && number(value).stripTrailingZeros().scale() <= 0;
            default -> throw new AssertionError("unknown type " + type);
        };
    }
}
