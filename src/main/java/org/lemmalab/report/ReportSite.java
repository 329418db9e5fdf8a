package org.lemmalab.report;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.lemmalab.claim.ClaimRecord;
import org.lemmalab.claim.Figure;

/** The pages of a report with their figures and assets; static, without network. */
final class ReportSite {

    private static final Pattern FILE_NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]*");
    private static final Pattern FONT = Pattern.compile("fonts/([A-Za-z0-9_-]+\\.woff2)");
    private static final String KATEX = "assets/katex/";

    private final TemplateEngine templates = TemplateEngine.createPrecompiled(
            null, ContentType.Html, ReportSite.class.getClassLoader(), "org.lemmalab.report.templates");
    private final Digest digest;
    private final Staging staging;

    ReportSite(Digest digest, Staging staging) {
        this.digest = digest;
        this.staging = staging;
    }

    /** Writes every page but the first, which comes last: {@link #writeIndex}. */
    void write() throws IOException {
        writeAssets();
        List<ClaimRecord> claims = digest.claims();
        for (int i = 0; i < claims.size(); i++) {
            ClaimRecord claim = claims.get(i);
            checkFileName("id", claim.id());
            ClaimPage page = new ClaimPage(
                    claim, i == 0 ? null : claims.get(i - 1), i + 1 == claims.size() ? null : claims.get(i + 1));
            writeFigures(page);
            staging.write("claims/" + claim.id() + ".html", render("claim.jte", page));
        }
        staging.write("run.html", render("run.jte", digest));
    }

    void writeIndex() throws IOException {
        staging.write("index.html", render("index.jte", digest));
    }

    private void writeFigures(ClaimPage page) throws IOException {
        for (Figure figure : page.claim().figures()) {
            checkFileName("name of a figure of " + page.claim().id(), figure.name());
            write(figure);
        }
        for (ClaimPage.Picture picture : page.evidence()) {
            write(picture.figure());
        }
        for (int k = 0; k < page.ladders().size(); k++) {
            write(LadderFigure.of(
                    page.ladderName(k), page.claim(), page.ladders().get(k)));
        }
    }

    private void write(Figure figure) throws IOException {
        staging.write("figures/" + figure.name() + ".svg", FigurePlot.svg(figure));
        staging.write("figures/" + figure.name() + ".csv", FigureCsv.of(figure));
    }

    private void writeAssets() throws IOException {
        staging.write("assets/report.css", asset("assets/report.css"));
        staging.write("assets/math.js", asset("assets/math.js"));
        for (String name : List.of("LICENSE", "katex.min.js", "katex.min.css")) {
            staging.write(KATEX + name, asset(KATEX + name));
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
