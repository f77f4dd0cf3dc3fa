package dev.wellhead.cli.doctor;

import java.util.List;
import picocli.CommandLine.Help.Ansi.IStyle;
import picocli.CommandLine.Help.Ansi.Style;

/** The outcome of a stage. */
public enum StageStatus {
    /** Nothing to report. */
    OK("ok", "ok", Style.fg_green),
    /** It works, but something should be improved. */
    WARNING("warning", "warn", Style.fg_yellow),
    /** It does not work. */
    FAILED("failed", "FAIL", Style.bold, Style.fg_red),
    /** An earlier stage failed. */
    NOT_TESTED("not_tested", "-", Style.faint);

    private final String code;
    private final String label;

    @SuppressWarnings("ImmutableEnumChecker") // List.of is immutable, and so are the styles, which are enums
    private final List<IStyle> styles;

    StageStatus(String code, String label, IStyle... styles) {
        this.code = code;
        this.label = label;
        this.styles = List.of(styles);
    }

    /** {@return the name in JSON} */
    public String code() {
        return code;
    }

    /** {@return the name in text} */
    public String label() {
        return label;
    }

    /** {@return the colours of the label} */
    public List<IStyle> styles() {
        return styles;
    }
}
