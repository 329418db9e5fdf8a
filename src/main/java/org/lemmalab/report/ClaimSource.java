package org.lemmalab.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.lemmalab.claim.ClaimRecord;

/**
 * A claim's property as it stands in its file.
 *
 * @param property the annotated method
 * @param mentions ids of other claims that the class comment or the method names, in order
 */
public record ClaimSource(String property, List<String> mentions) {
    /** A claim without a file. */
    static final ClaimSource NONE = new ClaimSource("", List.of());

    private static final Pattern ID = Pattern.compile("\\b[A-Z][0-9]{2}\\.[A-Za-z0-9]+(?:[.-][A-Za-z0-9]+)*");
    private static final Pattern COMMENT =
            Pattern.compile("^/\\*\\*\\n(.*?)^ \\*/$", Pattern.DOTALL | Pattern.MULTILINE);

    /**
     * Reads the file that a claim names, below the given folder; {@link #NONE} when it is not there, as when a report is written far
     * from the sources.
     */
    static ClaimSource of(ClaimRecord claim, Path root) throws IOException {
        int hash = claim.source().indexOf('#');
        if (hash < 0 || !Files.isRegularFile(root.resolve(claim.source().substring(0, hash)))) {
            return NONE;
        }
        return of(
                claim.id(),
                Files.readString(root.resolve(claim.source().substring(0, hash))),
                claim.source().substring(hash + 1));
    }

    static ClaimSource of(String id, String file, String method) {
        String property = property(file.lines().toList(), method);
        String comment = COMMENT.matcher(file)
                .results()
                .findFirst()
                .map(match -> match.group(1))
                .orElse("");
        List<String> mentions = new TreeSet<>(ID.matcher(comment + property)
                        .results()
                        .map(MatchResult::group)
                        .filter(other -> !other.equals(id))
                        .toList())
                .stream().toList();
        return new ClaimSource(property, mentions);
    }

    /** From the annotation to the brace that ends the method, both of which the formatter indents by four. */
    private static String property(List<String> lines, String method) {
        Pattern declaration = Pattern.compile("    void \\Q" + method + "\\E\\(.*");
        int start = -1;
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).startsWith("    @Claim(")) {
                start = i;
            }
            if (start >= 0 && declaration.matcher(lines.get(i)).matches()) {
                List<String> rest = lines.subList(start, lines.size());
                int end = rest.indexOf("    }");
                return String.join("\n", rest.subList(0, end < 0 ? rest.size() : end + 1))
                        .stripIndent();
            }
        }
        return "";
    }
}
