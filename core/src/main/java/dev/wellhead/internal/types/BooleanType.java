package dev.wellhead.internal.types;

/** {@code true} or {@code false}, spelt so. */
public final class BooleanType implements SettingType<Boolean> {

    @Override
    public String description() {
        return "true or false";
    }

    @Override
    public Boolean parse(String text) throws InvalidValueException {
        if (text.equals("true")) {
            return true;
        }
        if (text.equals("false")) {
            return false;
        }
        throw new InvalidValueException("neither true nor false", "Use true or false.");
    }
}
