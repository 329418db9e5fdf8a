package org.lemmalab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.lemmalab.claim.ClaimIndex;
import org.lemmalab.claim.RunListener;
import org.lemmalab.claim.RunStore;
import org.lemmalab.claim.Settings;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.report.Baseline;
import org.lemmalab.report.Changes;
import org.lemmalab.report.ReportSummary;
import org.lemmalab.report.ReportWriter;

/** Puts the parts of a run together: opens it before the claims, writes its report after them or when it is interrupted. */
public final class Laboratory implements RunListener {
    private static final Path REPORTS = Path.of("reports");

    /** Called by the build: {@code check} the options early, {@code open} the run, {@code report}. */
    public static void main(String[] arguments) {
        String command = arguments.length == 1 ? arguments[0] : "";
        RunStore store = RunStore.at(RunStore.DEFAULT_DIRECTORY);
        switch (command) {
            case "check" -> {
                settings();
                baseline();
            }
            case "open" -> {
                store.open(settings(), commit());
                announceInterruption(store);
            }
            case "report" -> {
                store.close();
                report(store);
            }
            default ->
                throw new IllegalArgumentException(
                        "command '" + String.join(" ", arguments) + "' is not allowed; allowed: check, open, report");
        }
    }

    /** The settings, when each is allowed and the selection names something. */
    private static Settings settings() {
        Settings settings = Settings.from(System.getProperties());
        ClaimIndex.load().select(settings.selection());
        if (settings.backend().equals("openblas")) {
            LinearAlgebra
                    .openBlas(); // asked for by name, so not to be replaced: fails with the reason when it does not
            // load
        }
        return settings;
    }

    /** On Ctrl-C the claims' virtual machine writes the report, but only the build's can still print. */
    private static void announceInterruption(RunStore store) {
        String message = "lemmalab: interrupted; the report of what was done is in "
                + REPORTS.resolve("index.html").toAbsolutePath();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            if (store.isOpen()) {
                System.err.println(message);
            }
        }));
    }

    /** The earlier run that {@code -Dbaseline} names, if any. */
    private static @Nullable Baseline baseline() {
        String file = System.getProperty("lemmalab.baseline", "").strip();
        return file.isEmpty() ? null : Baseline.read(Path.of(file));
    }

    @Override
    public void interrupted(RunStore store) {
        report(store);
    }

    private static void report(RunStore store) {
        var claims = store.claims();
        var run = store.run();
        Baseline baseline = baseline();
        ReportWriter.write(run, claims, baseline, REPORTS);
        if (baseline != null) {
            System.out.println("since " + baseline.describe() + ": "
                    + Changes.since(baseline, run, claims).counts() + "; see changes.html");
        }
        System.out.println(ReportSummary.console(run, claims, REPORTS));
    }

    private static String commit() {
        try {
            Process git = new ProcessBuilder("git", "rev-parse", "--short=12", "HEAD")
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String commit = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return git.waitFor(5, TimeUnit.SECONDS) && git.exitValue() == 0 ? commit : "unknown";
        } catch (IOException noGit) {
            return "unknown";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new IOException("interrupted while asking git for the commit", e));
        }
    }
}
