package org.lemmalab.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lemmalab.claim.ClaimRecord;
import org.lemmalab.claim.ClaimRecord.CheckRecord;
import org.lemmalab.claim.ClaimRecord.FalsifierRecord;
import org.lemmalab.claim.Figure;
import org.lemmalab.claim.Figure.Axis;
import org.lemmalab.claim.Figure.Series;
import org.lemmalab.claim.Figure.Style;
import org.lemmalab.claim.Kind;
import org.lemmalab.claim.RunRecord;
import org.lemmalab.claim.RunRecord.Coverage;
import org.lemmalab.claim.Verdict;
import org.lemmalab.stats.Decision.Look;
import org.lemmalab.stats.Decision.Path;
import org.lemmalab.stats.Decision.Rung;

/** Fixed records with one claim of every kind of page; the numbers are made up. */
final class SampleReport {

    static final RunRecord RUN = new RunRecord(
            "standard",
            "0x5eed",
            "",
            "6ad9743",
            "17.0.15",
            "openblas",
            null,
            1.2e-8,
            true,
            Map.of("A19", new Coverage(74, 6, 2), "D20", new Coverage(60, 1, 3)),
            48.25,
            "2026-01-02T03:04:05Z",
            "8 cores, 8 threads");

    private SampleReport() {}

    static List<ClaimRecord> claims() {
        return List.of(kernel(), erratum(), rate(), refuted(), vacuous(), limit(), notRun(), context(), figure());
    }

    static ClaimRecord kernel() {
        return new Builder("A19.kernel-closed", "Closed form of the ReLU Gram matrix", "eq. (3)", Kind.EXPECTATION)
                .statement("\\mathbb E_w[x^\\top x'\\,\\mathbf 1\\{w^\\top x\\ge 0,\\,w^\\top x'\\ge 0\\}]"
                        + " = \\frac{x^\\top x'\\,(\\pi-\\arccos x^\\top x')}{2\\pi}")
                .hypotheses("$w\\sim N(0,I_d)$; unit vectors $x,x'$, also parallel and antiparallel")
                .check(sampled("orthant probability", Verdict.SUPPORTED, ""))
                .check(exact("quadrature", Verdict.SUPPORTED, null))
                .falsifier("orthant probability", "pi in place of 2 pi", false, Verdict.REFUTED, "t = 0.5, d = 2")
                .falsifier("quadrature", "arccos in place of pi - arccos", false, Verdict.REFUTED, null)
                .note("At $t=\\pm1$ the angle is computed by $2\\,\\mathrm{atan2}(|x-y|,|x+y|)$.")
                .build();
    }

    static ClaimRecord erratum() {
        return new Builder("A19.eq14", "Geometric decay of the residual", "eq. (14)", Kind.INEQUALITY)
                .statement("\\|y-u(k)\\|\\le(1-\\eta\\lambda_0)^{k}\\|y-u(0)\\|")
                .correction("\\|y-u(k)\\|\\le(1-\\eta\\lambda_0/4)^{k}\\|y-u(0)\\|")
                .check(exact("decay", Verdict.SUPPORTED, null))
                .falsifier("decay", "rate as printed", true, Verdict.REFUTED, "n = 2, m = 16, k = 3")
                .build();
    }

    static ClaimRecord rate() {
        List<Rung> rungs = new ArrayList<>();
        for (int m = 64; m <= 4096; m *= 2) {
            double mean = 1.3 / Math.sqrt(m) * (1 + 0.06 * Math.sin(m));
            rungs.add(new Rung(m, 0.85 * mean, mean, 1.15 * mean));
        }
        CheckRecord check = new CheckRecord(
                "largest movement of a neuron",
                Verdict.SUPPORTED,
                -0.503,
                -0.5,
                1.9,
                -0.56,
                -0.44,
                11.2,
                44800,
                0,
                1,
                -0.4,
                List.of("second moment at most 4"),
                "secant exponent between the end rungs",
                1e-9,
                rungs,
                Path.NONE,
                List.of(1.9),
                "secant exponent -0.503 from m = 64 to m = 4096",
                null);
        return new Builder("A19.lemC1", "Every neuron moves little", "Lemma C.1", Kind.RATE)
                .statement("\\max_r\\|w_r(k)-w_r(0)\\|\\le\\frac{4\\sqrt n\\,\\|y-u(0)\\|}{\\sqrt m\\,\\lambda_0}")
                .check(check)
                .falsifier("largest movement of a neuron", "exponent -1", false, Verdict.REFUTED, null)
                .build();
    }

    static ClaimRecord refuted() {
        return new Builder("A19.trace", "Trace of the Gram matrix", "Section C", Kind.IDENTITY)
                .statement("\\operatorname{tr} H^\\infty = n/2")
                .check(exact("trace", Verdict.REFUTED, "double[][] points = {\n  {1, 0},\n  {0, 1}\n};"))
                .falsifier("trace", "n in place of n/2", false, Verdict.REFUTED, null)
                .build();
    }

    static ClaimRecord vacuous() {
        return new Builder("A19.ramp", "Properties of the ramp loss", "Section 5", Kind.INEQUALITY)
                .check(exact("range", Verdict.SUPPORTED, null))
                .falsifier("range", "upper bound 2", false, Verdict.INCONCLUSIVE, null)
                .verdict(Verdict.VACUOUS)
                .build();
    }

    static ClaimRecord limit() {
        return new Builder("A19.thm3.2", "Informal version of Theorem 4.1", "Theorem 3.2", Kind.LIMIT)
                .check(sampled(
                        "gap at the largest width",
                        Verdict.INCONCLUSIVE,
                        "the interval still has 0.02 at 10,000 trials"))
                .build();
    }

    static ClaimRecord notRun() {
        return new Builder("A19.fig2-cifar", "Complexity measure on CIFAR-10", "Figure 2", Kind.FIGURE)
                .verdict(Verdict.NOT_RUN)
                .reason("CIFAR-10 is not here; name its folder by -Ddata=...")
                .build();
    }

    static ClaimRecord context() {
        return new Builder("A19.intro-context", "Introductory claims", "Section 1", Kind.CONTEXT)
                .verdict(Verdict.CONTEXT)
                .reason("bibliographic")
                .build();
    }

    static ClaimRecord figure() {
        int steps = 160;
        double[] k = new double[steps];
        double[] easy = new double[steps];
        double[] hard = new double[steps];
        for (int i = 0; i < steps; i++) {
            k[i] = i;
            easy[i] = Math.exp(-i / 20.0);
            hard[i] = Math.exp(-i / 60.0);
        }
        double[] at = {0, 40, 80, 120};
        double[] measured = {1, 0.14, 0.02, 0.003};
        Figure figure = new Figure(
                "D20.fig1a",
                "Training loss: true and random labels",
                "Two classes of digits, $n=1000$, $m=10^4$.",
                new Axis("iteration k", false),
                new Axis("relative loss", true),
                List.of(
                        new Series(
                                "measured, true labels",
                                Style.POINTS,
                                at,
                                measured,
                                new double[] {0.9, 0.1, 0.01, 0},
                                new double[] {1.1, 0.19, 0.04, 0.006}),
                        Series.line("true labels", k, easy),
                        new Series("random labels, theory", Style.DASHED, k, hard, new double[0], new double[0])));
        return new Builder("D20.fig1a", "Speed of gradient descent", "Figure 1a", Kind.FIGURE)
                .check(exact("order of the curves", Verdict.SUPPORTED, null))
                .falsifier("order of the curves", "labels exchanged", false, Verdict.REFUTED, null)
                .figure(figure)
                .build();
    }

    private static Path path() {
        List<Look> looks = new ArrayList<>();
        for (long n = 8; n < 12345; n += n / 2) {
            double width = 0.6 / Math.sqrt(n);
            looks.add(new Look(n, 0.25 + width / 3, 0.25 - width, 0.25 + width, -0.3 * Math.log10(n), n / 1004.0));
        }
        looks.add(new Look(12345, 0.2502, 0.2451, 0.2553, -1.2, 12.3));
        return new Path(9, 9, looks);
    }

    static CheckRecord sampled(String part, Verdict verdict, String detail) {
        return new CheckRecord(
                part,
                verdict,
                0.2502,
                0.25,
                7.04,
                0.2451,
                0.2553,
                12.3,
                12345,
                0,
                20,
                0.2551,
                List.of("values in [0,1]"),
                "margin 0.005 against 0",
                1e-9,
                List.of(),
                path(),
                List.of(7.04, 8.1, 9.9, 12.0, 31.0),
                detail,
                null);
    }

    static CheckRecord exact(String part, Verdict verdict, @Nullable String counterexample) {
        boolean refuted = verdict == Verdict.REFUTED;
        return new CheckRecord(
                part,
                verdict,
                refuted ? 1.0 : 2.2e-16,
                refuted ? 0.5 : 0.0,
                refuted ? 1e-13 : 40.0,
                null,
                null,
                null,
                8000,
                0,
                200,
                3.2e-14,
                List.of(),
                "8 n 2^-53 = 3.2e-14 at n = 36",
                0,
                List.of(),
                Path.NONE,
                refuted ? List.of(1e-13) : List.of(40.0, 55.0, 210.0),
                refuted ? "1.0 where 0.5 is claimed, n = 2" : "largest gap at n = 36, d = 3",
                counterexample);
    }

    /** A claim with defaults for what a test does not care about. */
    static final class Builder {
        private final String id;
        private final String title;
        private final String printedAs;
        private final Kind kind;
        private String statement = "a \\le b";
        private String hypotheses = "";
        private @Nullable String correction;
        private @Nullable Verdict verdict;
        private @Nullable String reason;
        private final List<CheckRecord> checks = new ArrayList<>();
        private final List<FalsifierRecord> falsifiers = new ArrayList<>();
        private final List<String> notes = new ArrayList<>();
        private final List<Figure> figures = new ArrayList<>();

        Builder(String id, String title, String printedAs, Kind kind) {
            this.id = id;
            this.title = title;
            this.printedAs = printedAs;
            this.kind = kind;
        }

        Builder statement(String tex) {
            statement = tex;
            return this;
        }

        Builder hypotheses(String text) {
            hypotheses = text;
            return this;
        }

        Builder correction(String tex) {
            correction = tex;
            return this;
        }

        Builder verdict(Verdict value) {
            verdict = value;
            return this;
        }

        Builder reason(String text) {
            reason = text;
            return this;
        }

        Builder check(CheckRecord check) {
            checks.add(check);
            return this;
        }

        Builder falsifier(String part, String name, boolean printed, Verdict end, @Nullable String counterexample) {
            falsifiers.add(new FalsifierRecord(part, name, printed, end, 0.5, 0.25, 40.2, 64, 1, counterexample));
            return this;
        }

        Builder note(String text) {
            notes.add(text);
            return this;
        }

        Builder figure(Figure figure) {
            figures.add(figure);
            return this;
        }

        ClaimRecord build() {
            Verdict end = verdict != null ? verdict : checks.get(0).verdict();
            boolean checked = !checks.isEmpty();
            return new ClaimRecord(
                    id,
                    id.substring(0, 3),
                    title,
                    printedAs,
                    kind,
                    statement,
                    hypotheses,
                    correction,
                    correction == null ? "" : "Both sides scale with $k$.",
                    end,
                    correction != null,
                    reason,
                    List.copyOf(checks),
                    List.copyOf(falsifiers),
                    checked ? Map.of("orthogonal", 60, "near parallel", 40, "random", 100) : Map.of(),
                    checked ? Map.of("n", "2 .. 36", "d", "1 .. 12", "m", "64 .. 4096") : Map.of(),
                    List.copyOf(notes),
                    List.copyOf(figures),
                    "properties/arora2019/SampleClaims.java#" + id.substring(4),
                    1.25,
                    "mvn verify -Dclaims=" + id + " -Dseed=0x5eed");
        }
    }
}
