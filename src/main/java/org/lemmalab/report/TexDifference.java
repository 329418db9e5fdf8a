package org.lemmalab.report;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Two formulas in TeX, each with the stretch marked in which it differs from the other.
 *
 * <p>The stretch is what is left between the longest common beginning and the longest common end, widened until its braces and
 * delimiters are balanced; when that takes the whole formula, nothing is marked.
 *
 * @param first the one, the stretch in {@code \htmlClass{differs}{...}}
 * @param second the other
 */
public record TexDifference(String first, String second) {
    private static final Pattern TOKEN = Pattern.compile("\\\\[A-Za-z]+\\s*|\\\\.|\\s+|.", Pattern.DOTALL);

    /** The difference of two formulas; a missing second one differs from nothing. */
    public static TexDifference of(String first, @Nullable String second) {
        if (second == null || first.contains("$") || second.contains("$")) {
            return new TexDifference(first, second == null ? "" : second); // words with formulas in them
        }
        List<String> a = tokens(first);
        List<String> b = tokens(second);
        int begin = 0;
        while (begin < Math.min(a.size(), b.size()) && a.get(begin).equals(b.get(begin))) {
            begin++;
        }
        int end = 0;
        while (end < Math.min(a.size(), b.size()) - begin
                && a.get(a.size() - 1 - end).equals(b.get(b.size() - 1 - end))) {
            end++;
        }
        while (begin + end > 0 && !(isClosed(a, begin, end) && isClosed(b, begin, end))) {
            begin = Math.max(0, begin - 1);
            end = Math.max(0, end - 1);
        }
        return begin + end == 0
                ? new TexDifference(first, second)
                : new TexDifference(marked(a, begin, end), marked(b, begin, end));
    }

    private static List<String> tokens(String tex) {
        List<String> tokens = new ArrayList<>();
        Matcher matcher = TOKEN.matcher(tex);
        while (matcher.find()) {
            tokens.add(matcher.group());
        }
        return tokens;
    }

    /** Whether a stretch can be put in a group: balanced, and not right behind or before what takes an argument. */
    private static boolean isClosed(List<String> tokens, int begin, int end) {
        int depth = 0;
        for (String token : tokens.subList(begin, tokens.size() - end)) {
            String name = token.strip();
            depth +=
                    name.equals("{") || name.equals("\\left") ? 1 : name.equals("}") || name.equals("\\right") ? -1 : 0;
            if (depth < 0) {
                return false;
            }
        }
        String before = begin == 0 ? "" : tokens.get(begin - 1).strip();
        return depth == 0
                && !before.matches(
                        "[_^}]|\\\\([Bb]igg?[lr]?|left|right|[dt]?frac|sqrt|tilde|hat|bar|mathbb|mathcal|mathrm)");
    }

    private static String marked(List<String> tokens, int begin, int end) {
        List<String> middle = tokens.subList(begin, tokens.size() - end);
        return String.join("", tokens.subList(0, begin))
                + (middle.isEmpty() ? "" : "\\htmlClass{differs}{" + String.join("", middle) + "}")
                + String.join("", tokens.subList(tokens.size() - end, tokens.size()));
    }
}
