package org.lemmalab.report;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.lemmalab.claim.ClaimRecord;
import org.lemmalab.claim.Figure;

/** The pages of a report with their figures and assets; static, without network. */
final class ReportSite {

    private static final Pattern FILE_NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]*");
    private static final Pattern FONT = Pattern.compile("fonts/([A-Za-z0-9_-]+\\.woff2)");
    private static final String KATEX = "assets/katex/";
    private static final String PRISM = "assets/prism/";
    private static final Path PROJECT = Path.of("");

    private final TemplateEngine templates = TemplateEngine.createPrecompiled(
            null, ContentType.Html, ReportSite.class.getClassLoader(), "org.lemmalab.report.templates");
    private final Digest digest;
    private final Changes changes;
    private final Staging staging;

    ReportSite(Digest digest, Changes changes, Staging staging) {
        this.digest = digest;
        this.changes = changes;
        this.staging = staging;
    }

    /** Writes every page but the first, which comes last: {@link #writeIndex}. */
    void write() throws IOException {
        writeAssets();
        List<ClaimRecord> claims = digest.claims();
        Map<String, ClaimSource> sources = new LinkedHashMap<>();
        for (ClaimRecord claim : claims) {
            sources.put(claim.id(), ClaimSource.of(claim, PROJECT));
        }
        List<ClaimPage> pages = new ArrayList<>();
        for (int i = 0; i < claims.size(); i++) {
            ClaimRecord claim = claims.get(i);
            checkFileName("id", claim.id());
            pages.add(new ClaimPage(
                    claim,
                    i == 0 ? null : claims.get(i - 1),
                    i + 1 == claims.size() ? null : claims.get(i + 1),
                    Objects.requireNonNull(sources.get(claim.id())),
                    related(claim.id(), sources)));
        }
        for (Map<String, String> files : pages.parallelStream().map(this::files).toList()) {
            for (Map.Entry<String, String> file : files.entrySet()) {
                staging.write(file.getKey(), file.getValue());
            }
        }
        for (String page : List.of("figures", "errata", "power", "tightness", "run")) {
            staging.write(page + ".html", render(page + ".jte", digest));
        }
        staging.write("changes.html", render("changes.jte", changes));
    }

    /** Claims of this run that a claim's source mentions or whose source mentions it. */
    private static List<String> related(String id, Map<String, ClaimSource> sources) {
        return sources.entrySet().stream()
                .filter(other -> !other.getKey().equals(id))
                .filter(other -> other.getValue().mentions().contains(id)
                        || Objects.requireNonNull(sources.get(id)).mentions().contains(other.getKey()))
                .map(Map.Entry::getKey)
                .toList();
    }

    void writeIndex() throws IOException {
        staging.write("index.html", render("index.jte", digest));
    }

    /** A claim's page with its figures and data: texts by file name. */
    private Map<String, String> files(ClaimPage page) {
        Map<String, String> files = new LinkedHashMap<>();
        for (Figure figure : page.claim().figures()) {
            checkFileName("name of a figure of " + page.claim().id(), figure.name());
            put(files, figure, FigurePlot.WIDTH, FigurePlot.HEIGHT);
        }
        for (ClaimPage.Picture picture : page.evidence()) {
            put(files, picture.figure(), FigurePlot.HALF_WIDTH, FigurePlot.HALF_HEIGHT);
        }
        for (int k = 0; k < page.ladders().size(); k++) {
            Figure ladder = LadderFigure.of(
                    page.ladderName(k), page.claim(), page.ladders().get(k));
            put(files, ladder, FigurePlot.WIDTH, FigurePlot.HEIGHT);
        }
        files.put("claims/" + page.claim().id() + ".csv", ClaimCsv.of(page.claim()));
        files.put("claims/" + page.claim().id() + ".html", render("claim.jte", page));
        return files;
    }

    private static void put(Map<String, String> files, Figure figure, int width, int height) {
        files.put("figures/" + figure.name() + ".svg", FigurePlot.svg(figure, width, height));
        files.put("figures/" + figure.name() + ".csv", FigureCsv.of(figure));
    }

    private void writeAssets() throws IOException {
        staging.write("assets/report.css", asset("assets/report.css"));
        staging.write("assets/math.js", asset("assets/math.js"));
        staging.write("assets/claims.js", asset("assets/claims.js"));
        for (String name : List.of("LICENSE", "katex.min.js", "katex.min.css")) {
            staging.write(KATEX + name, asset(KATEX + name));
        }
        for (String name : List.of("LICENSE", "prism-core.min.js", "prism-clike.min.js", "prism-java.min.js")) {
            staging.write(PRISM + name, asset(PRISM + name));
        }
        String css;
        try (InputStream content = asset(KATEX + "katex.min.css")) {
            css = new String(content.readAllBytes(), StandardCharsets.UTF_8);
        }
        Matcher fonts = FONT.matcher(css);
        while (fonts.find()) {
            String font = KATEX + "fonts/" + fonts.group(1);
            staging.write(font, asset(font));
        }
    }

    private static InputStream asset(String name) throws IOException {
        InputStream content = ReportSite.class.getResourceAsStream(name);
        if (content == null) {
            throw new IOException("the report's own file " + name + " is missing from the class path");
        }
        return content;
    }

    private String render(String template, Object page) {
        StringOutput output = new StringOutput();
        templates.render(template, page, output);
        return output.toString();
    }

    private static void checkFileName(String what, String name) {
        if (!FILE_NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    what + " '" + name + "' is not a file name: only letters, digits, '.', '_' and '-' are allowed");
        }
    }
}
