package org.lemmalab.report;

import java.util.ArrayList;
import java.util.List;

/**
 * A piece of text or of TeX, as a page shows it.
 *
 * @param tex whether it is mathematics
 * @param text words, or TeX without its dollar signs
 */
public record Prose(boolean tex, String text) {

    /** Splits words with TeX between dollar signs; an odd dollar sign is a dollar sign. */
    public static List<Prose> of(String text) {
        String[] parts = text.split("\\$", -1);
        if (parts.length % 2 == 0) {
            return List.of(new Prose(false, text));
        }
        List<Prose> pieces = new ArrayList<>();
        for (int i = 0; i < parts.length; i++) {
            if (!parts[i].isEmpty()) {
                pieces.add(new Prose(i % 2 == 1, parts[i]));
            }
        }
        return List.copyOf(pieces);
    }

    /** A statement: TeX as a whole, or words with TeX between dollar signs. */
    public static List<Prose> statement(String text) {
        return text.indexOf('$') < 0 ? List.of(new Prose(true, text)) : of(text);
    }

    /** Hypotheses: like a statement when they contain a TeX command, otherwise words. */
    public static List<Prose> hypotheses(String text) {
        return text.indexOf('\\') < 0 ? of(text) : statement(text);
    }
}
