package dev.wellhead.cli.text;

/**
 * Where text goes.
 *
 * @param interactive whether a person sees it as it comes; a file or a pipe otherwise
 * @param coloured whether it takes colours
 * @param width columns there are; 0 where lines may be as long as they like
 */
public record Terminal(boolean interactive, boolean coloured, int width) {

    /** A file or a pipe. */
    public static final Terminal PIPE = new Terminal(false, false, 0);

    /** {@return {@code text} in the colour of what it means, where there are colours} */
    public String ink(Ink ink, String text) {
        return coloured ? ink.on(text) : text;
    }

    /** {@return whether lines have to end somewhere} */
    public boolean isBounded() {
        return width > 0;
    }
}
