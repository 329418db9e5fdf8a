package org.lemmalab.claim;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * The checked table of all catalogue entries: which are claims with a property, which are context (with the reason), which are
 * still open. A test holds it against the properties, both ways.
 */
public final class ClaimIndex {
    private static final String RESOURCE = "index.tsv";

    private final Map<String, Entry> entries;

    private ClaimIndex(List<Entry> rows) {
        entries = new LinkedHashMap<>();
        for (Entry row : rows) {
            if (entries.put(row.id(), row) != null) {
                throw new IllegalStateException("index.tsv: the id " + row.id() + " stands there twice");
            }
            if (row.state() == State.CONTEXT && row.reason().isEmpty()) {
                throw new IllegalStateException("index.tsv: the context entry " + row.id() + " has no reason");
            }
        }
    }

    /** How far the suite is with an entry. */
    public enum State {
        PROPERTY,
        CONTEXT,
        OPEN
    }

    /** One row: the catalogue's id, kind, place and title, and the suite's state; the reason is for context entries. */
    public record Entry(String id, Kind kind, String printedAs, String title, State state, String reason) {
        /** The paper's key, the part before the first dot. */
        public String paper() {
            return id.substring(0, id.indexOf('.'));
        }

        private boolean matches(String term) {
            if (term.regionMatches(true, 0, "kind:", 0, 5)) {
                return kind.name().equalsIgnoreCase(term.substring(5));
            }
            String glob = term.indexOf('.') < 0 && term.indexOf('*') < 0 ? term + ".*" : term;
            String regex = "\\Q" + glob.replace("*", "\\E.*\\Q") + "\\E";
            return Pattern.compile(regex, Pattern.CASE_INSENSITIVE).matcher(id).matches();
        }
    }

    /** An index of these rows; throws {@link IllegalStateException} for an id twice or a context entry without a reason. */
    static ClaimIndex of(List<Entry> rows) {
        return new ClaimIndex(rows);
    }

    /** The packaged index. */
    public static ClaimIndex load() {
        try (InputStream in = Objects.requireNonNull(
                        ClaimIndex.class.getResourceAsStream(RESOURCE), RESOURCE + " is not there");
                BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            List<Entry> rows = new ArrayList<>();
            for (String line : reader.lines().skip(1).toList()) {
                String[] cells = line.split("\t", -1);
                rows.add(new Entry(
                        cells[0],
                        Kind.valueOf(cells[1]),
                        cells[2],
                        cells[3],
                        State.valueOf(cells[4].toUpperCase(java.util.Locale.ROOT)),
                        cells[5]));
            }
            return new ClaimIndex(rows);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + RESOURCE, e);
        }
    }

    /** All entries in the order of the catalogues. */
    public List<Entry> entries() {
        return List.copyOf(entries.values());
    }

    /** The entry of an id; throws {@link IllegalArgumentException} when there is none. */
    public Entry entry(String id) {
        Entry entry = entries.get(id);
        if (entry == null) {
            throw new IllegalArgumentException("no catalogue has the id " + id);
        }
        return entry;
    }

    /**
     * The entries that a selection names, open ones left out.
     *
     * @throws InvalidSettingException when a term names nothing that the suite has
     */
    public List<Entry> select(List<String> terms) {
        for (String term : terms) {
            List<Entry> named =
                    entries.values().stream().filter(e -> e.matches(term)).toList();
            if (named.stream().allMatch(e -> e.state() == State.OPEN)) {
                throw new InvalidSettingException(
                        "claims",
                        term,
                        named.isEmpty()
                                ? "nothing has that name"
                                : "no property yet for " + named.get(0).id(),
                        "ids such as A19.thm4.1, paper keys such as A19, kind:RATE, globs such as A19.lem*, separated"
                                + " by commas");
            }
        }
        return entries.values().stream()
                .filter(e -> e.state() != State.OPEN)
                .filter(e -> terms.isEmpty() || terms.stream().anyMatch(e::matches))
                .toList();
    }

    /** Per paper: entries in its catalogue, with a property, context. */
    public Map<String, RunRecord.Coverage> coverage() {
        Map<String, RunRecord.Coverage> coverage = new LinkedHashMap<>();
        for (Entry e : entries.values()) {
            coverage.merge(
                    e.paper(),
                    new RunRecord.Coverage(1, e.state() == State.PROPERTY ? 1 : 0, e.state() == State.CONTEXT ? 1 : 0),
                    (a, b) -> new RunRecord.Coverage(
                            a.entries() + b.entries(), a.withProperty() + b.withProperty(), a.context() + b.context()));
        }
        return coverage;
    }
}
