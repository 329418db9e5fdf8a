package org.lemmalab.claim;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The console's view of a run: a line per finished claim, and every ten seconds how far the current one is. */
final class Progress {
    private static final Duration HEARTBEAT = Duration.ofSeconds(10);

    private final PrintStream out;
    private final long startedAt = System.nanoTime();
    private int expected;
    private int done;
    private @Nullable Supplier<String> current;

    Progress(PrintStream out) {
        this.out = out;
    }

    /** Progress on standard output, with a heartbeat. */
    static Progress console() {
        Progress progress = new Progress(System.out);
        Thread heartbeat = new Thread(progress::beat, "lemmalab-progress");
        heartbeat.setDaemon(true);
        heartbeat.start();
        return progress;
    }

    synchronized void expect(int claims) {
        expected = claims;
    }

    synchronized boolean complete() {
        return done >= expected;
    }

    synchronized void begins(Supplier<String> status) {
        current = status;
    }

    synchronized void ends(ClaimRecord record) {
        done++;
        current = null;
        say(String.format(
                Locale.ROOT,
                "[%" + Integer.toString(expected).length() + "d/%d] %-12s %-20s %6.1f s   %s",
                done,
                expected,
                record.verdict(),
                record.id(),
                record.seconds(),
                timeLeft()));
        if (record.verdict() != Verdict.SUPPORTED) {
            say("    " + record.reason() + "; repeat: " + record.reproduce());
        }
    }

    void say(String line) {
        out.println(line);
    }

    private String timeLeft() {
        double each = (System.nanoTime() - startedAt) / 1e9 / done;
        return done == expected ? "" : String.format(Locale.ROOT, "about %.0f s left", each * (expected - done));
    }

    private void beat() {
        try {
            while (true) {
                Thread.sleep(HEARTBEAT.toMillis());
                synchronized (this) {
                    if (current != null) {
                        say("        ... " + current.get());
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
