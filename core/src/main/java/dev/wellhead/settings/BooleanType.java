package dev.wellhead.settings;

/** {@code true} or {@code false}, spelt so. */
final class BooleanType implements SettingType<Boolean> {

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
