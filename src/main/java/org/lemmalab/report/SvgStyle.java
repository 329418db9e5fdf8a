package org.lemmalab.report;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes the plotter's SVG the report's own: one style for light and dark, ids from the figure's name, coordinates with two
 * decimals, and half of its size.
 */
final class SvgStyle {

    /** Line type of what has no line: its strokes, which occur in the legend only, are removed. */
    static final String HIDDEN_LINE = "twodash";

    private static final Pattern STYLE = Pattern.compile("<style.*?</style>", Pattern.DOTALL);
    private static final Pattern IDENTIFIER = Pattern.compile(" id=\"([A-Za-z0-9]+)\"");
    private static final Pattern TAG = Pattern.compile("<[^<>]+>");
    private static final Pattern HIDDEN =
            Pattern.compile("<line [^<>]*stroke-dasharray=\"[^\",]+,[^\",]+,[^\"]+\"[^<>]*>\\s*</line>\\s*");
    private static final Pattern EMPTY = Pattern.compile("<(line|path|rect|circle|polygon)( [^<>]*)>\\s*</\\1>");
    private static final Pattern SPACE = Pattern.compile(">\\s+|\\s+<");
    private static final Pattern LONG_DECIMAL = Pattern.compile("(-?\\d+\\.\\d{2})\\d+");
    private static final String CSS = """
            <style>
            svg { color-scheme: light dark; font-family: "Helvetica Neue", Arial, "Liberation Sans", sans-serif; }
            text { fill: #4a5058; }
            .plot-title { font-size: 16px; font-weight: 600; fill: #22262b; }
            .axis-title-x, .axis-title-y { font-size: 14px; }
            .axis-text-x, .axis-text-y, .legend-item { font-size: 13px; }
            path[fill="rgb(255,255,255)"], rect[fill="rgb(255,255,255)"] { fill: none; stroke: none; }
            line[stroke="rgb(233,233,233)"] { stroke: #e3e5e8; }
            @media (prefers-color-scheme: dark) {
              text { fill: #b4bac2; }
              .plot-title { fill: #e6e8eb; }
              line[stroke="rgb(233,233,233)"] { stroke: #363b42; }
            }
            </style>""";

    private SvgStyle() {}

    static String apply(String name, String svg) {
        String text = STYLE.matcher(svg).replaceFirst(Matcher.quoteReplacement(CSS));
        Matcher ids = IDENTIFIER.matcher(svg);
        int count = 0;
        while (ids.find()) {
            text = text.replace(ids.group(1), name + "-" + count++);
        }
        text = HIDDEN.matcher(text).replaceAll("");
        text = TAG.matcher(text).replaceAll(tag -> shortTag(tag.group())).strip() + "\n";
        return small(text);
    }

    /** Without indentation and closing tags of what is empty. */
    private static String small(String svg) {
        String text = EMPTY.matcher(svg).replaceAll("<$1$2/>");
        return SPACE.matcher(text).replaceAll(space -> space.group().strip()).replace("><g", ">\n<g") + "\n";
    }

    /** A tag without default opacities, a line without filling, decimals cut. */
    private static String shortTag(String tag) {
        String text = tag.replace(" stroke-opacity=\"1.0\"", "").replace(" fill-opacity=\"1.0\"", "");
        if (text.startsWith("<line ")) {
            text = text.replace(" fill=\"none\"", "");
        }
        return Matcher.quoteReplacement(LONG_DECIMAL.matcher(text).replaceAll("$1"));
    }
}
