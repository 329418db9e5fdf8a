package daniely2019;

import net.jqwik.api.ForAll;
import org.lemmalab.claim.Claim;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.stats.Comparison;
import org.lemmalab.stats.Decision;

/**
 * Random features approximate at the rate {@code 1/q}, whatever the distribution.
 *
 * <h2>Source</h2>
 *
 * D19, Corollary 3 and the display after it, section 3.1, section 1 ('standard analysis').
 *
 * <h2>Statement</h2>
 *
 * <pre>{@code
 * E |f(x) - f_omega(x)|^2 <= C^2 |f|_k^2 / q   for every x
 * E |f - f_omega|_(2,D) <= sqrt(E |.|^2_(2,D)) = sqrt(E_x E_omega |f - f_omega|^2) <= C |f|_k / sqrt(q)   for every D
 * q >= C^2 |f|_k^2 / e^2 features give an error of e, in every dimension
 * }</pre>
 *
 * <h2>Instances</h2>
 *
 * ReLU's tangent scheme with exact errors, d from 1 to 20, four distributions; the sign scheme at the point {@code -x0}, for which the bounds are equalities, C of 0.5 to 2.
 *
 * <h2>How it is checked</h2>
 *
 * Exact second moments (orthant probabilities to 2e-7) and enumeration of all draws (to 1e-12). The rate {@code 1/(d q)} needs bounded distributions: at a point mass, where
 * {@code f = k(., x0)}, the error is {@code d/2} times {@code |f|^2/(q d)}.
 *
 * <h2>Falsifiers</h2>
 *
 * Nine tenths of the bounds; C for {@code C^2} (C = 2); a quarter and two thirds of the features; the rate {@code 1/(d q)} at a point mass.
 */
class PointwiseApproximationClaims {
    private static final String ENUMERATED = "enumeration of at most 256 draws: 1e-12";

    /** The factor of the bound, and the power of C. */
    private record Form(double factor, double power) {}

    private static Decision drawnAtMost(ReluExpansion f, double factor) {
        double bound = factor * f.normSquared() / f.q();
        return Comparison.atMost(
                f.pointwiseErrors(), bound, 2e-7 * (1 + bound * f.q()), "angles to 2e-8 of sums of 9 terms");
    }

    @Claim(
            id = "D19.cor3",
            statement = "\\mathbb E_\\omega |f(x) - f_\\omega(x)|^2 \\le \\frac{C^2 \\|f\\|_k^2}{q}",
            hypotheses = "every $x$ and $f \\in H_k$; $C = \\sup \\|\\psi\\|$",
            instances = 60)
    void errorsAtAPointAreAtMostTheNormOverTheNumberOfFeatures(
            @ForAll(supplier = ReluExpansion.Any.class) ReluExpansion drawn,
            @ForAll(supplier = SignScheme.Any.class) SignScheme sharp,
            ClaimRun run) {
        drawn.cover(run);
        run.check("ReLU", 1.0, (factor, lab) -> drawnAtMost(drawn, factor)).falsifiedBy("1/50", 0.02);
        SignScheme point = new SignScheme(false, sharp.d(), sharp.q(), 2);
        run.check(
                        "sign scheme at -x0, C = 2",
                        new Form(1, 2),
                        (form, lab) -> Comparison.atMost(
                                point.moments().square(),
                                form.factor * Math.pow(2, form.power) * 4 / point.q(),
                                1e-12,
                                ENUMERATED))
                .falsifiedBy("0.9", new Form(0.9, 2))
                .falsifiedBy("C for C^2", new Form(1, 1));
    }

    @Claim(
            id = "D19.cor3-L2",
            statement =
                    "\\mathbb E \\|f - f_\\omega\\|_{2,\\mathcal D} \\le \\sqrt{\\mathbb E \\|f - f_\\omega\\|^2_{2,\\mathcal D}} \\le \\frac{C \\|f\\|_k}{\\sqrt q}",
            hypotheses = "every $\\mathcal D$",
            instances = 60)
    void errorsInMeanSquareObeyTheSameBound(
            @ForAll(supplier = ReluExpansion.Any.class) ReluExpansion drawn,
            @ForAll(supplier = SignScheme.Any.class) SignScheme sharp,
            ClaimRun run) {
        drawn.cover(run);
        run.covers(sharp.q() == 1 ? "sign scheme, q = 1: all equal" : "sign scheme, q > 1");
        run.check(
                        "ReLU, root of the mean square",
                        1.0,
                        (factor, lab) -> Comparison.atMost(
                                Math.sqrt(Math.max(0, drawn.meanSquaredError())),
                                factor * Math.sqrt(drawn.normSquared() / drawn.q()),
                                1e-6 * (1 + Math.sqrt(drawn.normSquared())),
                                "angles to 2e-8, less near 0"))
                .falsifiedBy("1/50", 0.02);
        SignScheme point = new SignScheme(false, sharp.d(), sharp.q(), sharp.size());
        SignScheme single = new SignScheme(false, sharp.d(), 1, sharp.size());
        run.check(
                        "mean against the root, q = 1: equal",
                        1.0,
                        (factor, lab) -> Comparison.atMost(
                                new double[] {
                                    point.moments().root(), single.moments().root()
                                },
                                new double[] {
                                    factor * Math.sqrt(point.moments().square()),
                                    factor * Math.sqrt(single.moments().square())
                                },
                                1e-12,
                                ENUMERATED))
                .falsifiedBy("0.9", 0.9);
        run.check(
                        "root of the mean square at -x0",
                        1.0,
                        (factor, lab) -> Comparison.atMost(
                                Math.sqrt(point.moments().square()),
                                factor * sharp.size() * sharp.size() / Math.sqrt(sharp.q()),
                                1e-12,
                                ENUMERATED))
                .falsifiedBy("0.9", 0.9);
    }

    @Claim(
            id = "D19.cor3-count",
            statement =
                    "q \\ge \\frac{C^2 \\|f\\|_k^2}{\\epsilon^2} \\;\\Longrightarrow\\; \\mathbb E \\|f - f_\\omega\\|_{2,\\mathcal D} \\le \\epsilon",
            hypotheses = "every $\\mathcal D$, in every dimension",
            instances = 60)
    void enoughFeaturesGiveAnyAccuracy(@ForAll(supplier = ReluExpansion.Any.class) ReluExpansion drawn, ClaimRun run) {
        drawn.cover(run);
        for (double accuracy : new double[] {0.05, 0.02}) {
            run.check("ReLU, accuracy " + accuracy, 1.0, (share, lab) -> {
                        double q = Math.ceil(share * drawn.normSquared() / (accuracy * accuracy));
                        return Comparison.atMost(
                                Math.sqrt(Math.max(0, drawn.meanSquaredError() * drawn.q() / q)),
                                accuracy,
                                1e-6,
                                "angles to 2e-8");
                    })
                    .falsifiedBy("a hundredth of the features", 0.01);
            SignScheme point = new SignScheme(false, 3, 1, 1.3);
            run.check("sign scheme at -x0, accuracy " + accuracy, 1.0, (share, lab) -> {
                        double q = Math.ceil(share * Math.pow(1.3, 4) / (accuracy * accuracy));
                        return Comparison.atMost(Math.sqrt(point.moments().square() / q), accuracy, 1e-12, ENUMERATED);
                    })
                    .falsifiedBy("a quarter of the features", 0.25)
                    .falsifiedBy("two thirds of the features", 2.0 / 3);
        }
    }

    @Claim(
            id = "D19.sec1-std-rate",
            statement = "\\mathbb E_W \\mathbb E_x (f - f_\\omega)^2 \\le \\frac{C^2 \\|f\\|_k^2}{q}",
            hypotheses = "every $\\mathcal D$; tight up to a constant for a point mass",
            instances = 60)
    void withoutBoundednessTheRateIsOneOverQ(
            @ForAll(supplier = ReluExpansion.Any.class) ReluExpansion drawn, ClaimRun run) {
        drawn.cover(run);
        run.check("ReLU", 1.0, (factor, lab) -> drawnAtMost(drawn, factor)).falsifiedBy("1/50", 0.02);
        int d = Math.max(5, drawn.d());
        double k = ReluExpansion.KERNEL.profile().applyAsDouble(1);
        run.check(
                        "k(., x0) at x0, times q / |f|^2",
                        0.5,
                        (value, lab) -> Comparison.equal((k - k * k) / k, value, 1e-14, "rounding"))
                .falsifiedBy("1/d", 1.0 / d)
                .falsifiedBy("1/3", 1.0 / 3);
    }
}
