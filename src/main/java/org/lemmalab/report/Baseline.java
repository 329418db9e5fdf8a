package org.lemmalab.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** An earlier run, read from its {@code claims.json}, to compare a run with. */
public final class Baseline {
    private final Path file;
    private final JsonNode run;
    private final Map<String, JsonNode> claims;

    private Baseline(Path file, JsonNode run, Map<String, JsonNode> claims) {
        this.file = file;
        this.run = run;
        this.claims = claims;
    }

    /**
     * Reads a {@code claims.json}.
     *
     * @throws IllegalArgumentException with one line that names the file, when it is missing, no JSON or of another schema
     */
    public static Baseline read(Path file) {
        JsonNode root;
        try {
            root = new ObjectMapper().readTree(Files.readString(file));
        } catch (IOException e) {
            throw new IllegalArgumentException(refusal(file, "cannot be read: " + firstLine(e)), e);
        }
        String schema = root.path("schema").asText("");
        if (!schema.equals(ReportJson.SCHEMA)) {
            throw new IllegalArgumentException(refusal(file, "its schema is '" + schema + "'"));
        }
        Map<String, JsonNode> claims = new LinkedHashMap<>();
        root.path("claims").forEach(claim -> claims.put(claim.path("id").asText(), claim));
        return new Baseline(file, root.path("run"), claims);
    }

    private static String refusal(Path file, String why) {
        return "-Dbaseline=" + file + " is not allowed: " + why + "; allowed: the claims.json of a report, schema "
                + ReportJson.SCHEMA;
    }

    private static String firstLine(IOException e) {
        return e.getClass().getSimpleName() + " "
                + String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }

    /** What it was, in one line. */
    public String describe() {
        return file + ": profile " + run.path("profile").asText() + ", seed "
                + run.path("seed").asText() + ", commit " + run.path("commit").asText();
    }

    Map<String, JsonNode> claims() {
        return claims;
    }
}
