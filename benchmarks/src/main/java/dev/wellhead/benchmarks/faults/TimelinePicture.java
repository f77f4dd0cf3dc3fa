package dev.wellhead.benchmarks.faults;

import java.util.Locale;
import java.util.Map;

/**
 * Draws one round of a fault over time as SVG, with one panel for each contestant: the longest current wait for a
 * connection above the line, and the failed borrows below it. All panels have the same scales.
 */
final class TimelinePicture {

    private static final int WIDTH = 920;
    private static final int LEFT = 290;
    private static final int RIGHT = 16;
    private static final int TOP = 64;
    private static final int UP = 56;
    private static final int DOWN = 22;
    private static final int PANEL = 100;
    private static final int BOTTOM = 46;
    private static final double MICROS_PER_SECOND = 1e6;
    private static final double SECONDS_BEFORE = 2;
    private static final double LOWEST_SCALE_SECONDS = 1;
    private static final int[] TICKS_SECONDS = {1, 2, 5, 10, 20};
    private static final int MOST_TICKS = 12;

    private static final String STYLE =
            """
              <style>
                svg { color-scheme: light dark; }
                text { fill: #1f2328; font-size: 14px; }
                .head { font-weight: 600; }
                .small { fill: #57606a; font-size: 12px; }
                .fault { fill: #fff8c5; }
                .axis { stroke: #8c959f; stroke-width: 1; }
                .wait { fill: #54aeff; }
                .failed { fill: #cf222e; }
                @media (prefers-color-scheme: dark) {
                  text { fill: #e6edf3; }
                  .small { fill: #adbac7; }
                  .fault { fill: #3b2f00; }
                  .axis { stroke: #6e7681; }
                  .wait { fill: #388bfd; }
                  .failed { fill: #ff7b72; }
                }
              </style>
            """;

    private final String title;
    private final Map<Contestant, Timeline> timelines;
    private final Timeline any;
    private final double span;
    private double waitScale = LOWEST_SCALE_SECONDS;
    private int failedScale = 1;

    TimelinePicture(String title, Map<Contestant, Timeline> timelines) {
        this.title = title;
        this.timelines = timelines;
        this.any = timelines.values().iterator().next();
        this.span = SECONDS_BEFORE + (any.stopped() - any.began()) / MICROS_PER_SECOND;
        for (Timeline timeline : timelines.values()) {
            TimelineBuckets buckets = buckets(timeline);
            waitScale = Math.max(waitScale, Math.ceil(buckets.longestWait()));
            failedScale = Math.max(failedScale, buckets.mostFailed());
        }
    }

    String svg() {
        int height = TOP + PANEL * timelines.size() + BOTTOM;
        StringBuilder svg = new StringBuilder(format(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\" aria-labelledby=\"title desc\""
                        + " font-family=\"system-ui, -apple-system, 'Segoe UI', Helvetica, Arial, sans-serif\">%n",
                WIDTH, height));
        svg.append(format("  <title id=\"title\">%s</title>%n", title));
        svg.append(
                "  <desc id=\"desc\">One panel for each library. Above the line: how long the longest current attempt to"
                        + " acquire a connection has waited. Below the line: failed attempts.");
        timelines.forEach((contestant, timeline) -> svg.append(' ')
                .append(contestant.title())
                .append(": ")
                .append(caption(timeline))
                .append('.'));
        svg.append("</desc>\n").append(STYLE);
        double from = x(SECONDS_BEFORE);
        double to = x(SECONDS_BEFORE + (any.ended() - any.began()) / MICROS_PER_SECOND);
        svg.append(format(
                "  <rect class=\"fault\" x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\"/>%n",
                from, TOP - 20, Math.max(2, to - from), PANEL * timelines.size() + 20));
        svg.append(format("  <text class=\"head\" x=\"16\" y=\"26\">%s</text>%n", title));
        svg.append(format(
                "  <text class=\"small\" x=\"%.1f\" y=\"%d\">the fault lasts %.0f s</text>%n",
                from + 6, TOP - 6, (any.ended() - any.began()) / MICROS_PER_SECOND));
        svg.append(legend());
        int top = TOP;
        for (Map.Entry<Contestant, Timeline> panel : timelines.entrySet()) {
            svg.append(panel(panel.getKey(), panel.getValue(), top));
            top += PANEL;
        }
        return svg.append(seconds(top)).append("</svg>\n").toString();
    }

    private String legend() {
        int x = WIDTH - RIGHT - 330;
        return format(
                "  <rect class=\"wait\" x=\"%d\" y=\"16\" width=\"12\" height=\"12\"/>"
                        + "<text class=\"small\" x=\"%d\" y=\"26\">longest wait for a connection</text>%n"
                        + "  <rect class=\"failed\" x=\"%d\" y=\"16\" width=\"12\" height=\"12\"/>"
                        + "<text class=\"small\" x=\"%d\" y=\"26\">failed borrows</text>%n",
                x, x + 18, x + 220, x + 238);
    }

    private String panel(Contestant contestant, Timeline timeline, int top) {
        int line = top + 12 + UP;
        StringBuilder panel = new StringBuilder();
        panel.append(format("  <text class=\"head\" x=\"16\" y=\"%d\">%s</text>%n", line - 20, contestant.title()));
        panel.append(format("  <text class=\"small\" x=\"16\" y=\"%d\">%s</text>%n", line - 2, caption(timeline)));
        panel.append(format(
                "  <text class=\"small\" x=\"%d\" y=\"%d\" text-anchor=\"end\">%.0f s</text>%n",
                LEFT - 6, line - UP + 8, waitScale));
        panel.append(format(
                "  <text class=\"small\" x=\"%d\" y=\"%d\" text-anchor=\"end\">%d</text>%n",
                LEFT - 6, line + DOWN, failedScale));
        TimelineBuckets buckets = buckets(timeline);
        double width = (x(span) - x(0)) / TimelineBuckets.COUNT;
        for (int i = 0; i < TimelineBuckets.COUNT; i++) {
            double up = Math.min(1, buckets.waitSeconds(i) / waitScale) * UP;
            if (up >= 0.5) {
                panel.append(bar("wait", LEFT + i * width, line - up, width, up));
            }
            if (buckets.failed(i) > 0) {
                double down = Math.max(2, (double) buckets.failed(i) / failedScale * DOWN);
                panel.append(bar("failed", LEFT + i * width, line + 1, width, down));
            }
        }
        return panel.append(format("  <path class=\"axis\" d=\"M%d %d H%d\"/>%n", LEFT, line, WIDTH - RIGHT))
                .toString();
    }

    private static String bar(String style, double x, double y, double width, double height) {
        return format(
                "  <rect class=\"%s\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\"/>%n",
                style, x, y, width, height);
    }

    private String seconds(int top) {
        int step = TICKS_SECONDS[0];
        for (int i = 1; i < TICKS_SECONDS.length && span / step > MOST_TICKS; i++) {
            step = TICKS_SECONDS[i];
        }
        StringBuilder ticks = new StringBuilder();
        for (int second = 0; second < span - SECONDS_BEFORE; second += step) {
            ticks.append(format(
                    "  <text class=\"small\" x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%d s</text>%n",
                    x(SECONDS_BEFORE + second), top + 18, second));
        }
        return ticks.toString();
    }

    private static String caption(Timeline timeline) {
        Figures figures = timeline.figures();
        return Figure.count(figures.failedBorrows()) + " failed, longest borrow "
                + Figure.time(figures.longestMillis());
    }

    private TimelineBuckets buckets(Timeline timeline) {
        return new TimelineBuckets(timeline, timeline.began() - (long) (SECONDS_BEFORE * MICROS_PER_SECOND));
    }

    private double x(double seconds) {
        return LEFT + seconds / span * (WIDTH - LEFT - RIGHT);
    }

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }
}
