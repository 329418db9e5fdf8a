package daniely2019;

import java.util.Arrays;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import org.ejml.data.DMatrixRMaj;
import org.lemmalab.activation.DecentActivation;
import org.lemmalab.claim.Claim;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.feature.RandomEmbedding;
import org.lemmalab.feature.TangentFeatureScheme;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.loss.ConvexLoss;
import org.lemmalab.loss.HingeLoss;
import org.lemmalab.loss.LogisticLoss;
import org.lemmalab.random.PointLaw;
import org.lemmalab.random.RandomStream;
import org.lemmalab.stats.Comparison;
import org.lemmalab.trainer.RandomFeatureDescent;

/**
 * The regret of gradient descent on random features, run by run.
 *
 * <h2>Source</h2>
 *
 * D19, Theorem 10 (second bound) and its proof ('standard results on SGD').
 *
 * <h2>Statement</h2>
 *
 * For a convex L-Lipschitz loss, C-bounded features, {@code v_1 = 0}, any v*:
 *
 * <pre>{@code
 * sum_t <g_t, v_t - v*> = (|v*|^2 - |v_(T+1) - v*|^2) / (2 eta) + (eta/2) sum_t |g_t|^2,    |g_t| <= L C
 * (1/T) sum_t L_D(v_t) <= L_D(v*) + |v*|^2 / (2 eta T) + eta L^2 C^2 / 2                  for full gradients
 * eta = M / (sqrt(T) L C), |v*| <= M:   the last two terms are at most L C M / sqrt(T)
 * }</pre>
 *
 * On the point mass the regret is {@code L C M / sqrt(T)} up to {@code 1 - 0.15/T}: the bound is sharp.
 *
 * <h2>Instances</h2>
 *
 * Ten activations and the identity, hinge and logistic loss, d and q to 5, random labels and random v*; the point mass with T = 6 to 10100.
 *
 * <h2>How it is checked</h2>
 *
 * Gradients are the trainer's own moves over eta. The identity to {@code T 2^-50} of its largest term, the inequality to the same.
 *
 * <h2>Falsifiers</h2>
 *
 * eta for eta/2; a quarter for a half and nine tenths of the bound, on the point mass; {@code L C / 2}; {@code M / (T L C)}; a rate 1.5 times too large.
 */
class FeatureDescentRegretClaims {
    /** A run on random features. */
    record Run(DecentActivation activation, ConvexLoss loss, int d, int q, int steps, double eta, long seed) {
        RandomStream stream() {
            return RandomStream.of(seed, "FeatureDescentRegretClaims");
        }

        DMatrixRMaj points() {
            return PointLaw.SPHERE.rows(10, d, stream().part("points"));
        }

        double[] labels() {
            return stream().part("labels").signs(10);
        }

        RandomEmbedding embedding() {
            return RandomEmbedding.draw(
                    new TangentFeatureScheme(activation, d), q, stream().part("omega"));
        }

        double[] comparator() {
            return stream().part("v").gaussians(q * d);
        }
    }

    @Provide
    Arbitrary<Run> runs() {
        return Combinators.combine(
                        new PairedNetwork.Any().get().map(PairedNetwork::activation),
                        Arbitraries.of(HingeLoss.INSTANCE, LogisticLoss.INSTANCE),
                        Arbitraries.integers().between(1, 5),
                        Arbitraries.integers().between(1, 5),
                        Arbitraries.integers().between(1, 30),
                        Arbitraries.of(0.03, 0.3, 3.0),
                        Arbitraries.longs().between(0, 1_000_000))
                .as(Run::new);
    }

    /** The sums that the identity and the inequality are about. */
    private record Sums(double inner, double distance, double gradients, double meanLoss, double comparatorLoss) {}

    private static Sums sums(Run run) {
        RandomEmbedding embedding = run.embedding();
        DMatrixRMaj points = run.points();
        double[] labels = run.labels();
        double[] target = run.comparator();
        RandomFeatureDescent trainer = new RandomFeatureDescent(embedding, run.loss, run.eta);
        double[] v = new double[target.length];
        double inner = 0;
        double gradients = 0;
        double meanLoss = 0;
        for (int t = 0; t < run.steps; t++) {
            meanLoss += run.loss.mean(trainer.step(points, labels), labels) / run.steps;
            double[] next = trainer.coefficients();
            for (int k = 0; k < v.length; k++) {
                double g = (v[k] - next[k]) / run.eta;
                inner += g * (v[k] - target[k]);
                gradients += g * g;
            }
            v = next;
        }
        double distance = LinearAlgebra.dot(target, target);
        for (int k = 0; k < v.length; k++) {
            distance -= (v[k] - target[k]) * (v[k] - target[k]);
        }
        double comparatorLoss = run.loss.mean(LinearAlgebra.product(embedding.features(points), target), labels);
        return new Sums(inner, distance, gradients, meanLoss, comparatorLoss);
    }

    @Claim(
            id = "D19.thm10-regret",
            statement =
                    "\\frac1T \\sum_t L_{\\mathcal D}(v_t) \\le L_{\\mathcal D}(v^*) + \\frac{\\|v^*\\|^2}{2\\eta T} + \\frac{\\eta L^2 C^2}{2}",
            hypotheses = "full gradients, every $v^*$ and every run; with batches in expectation given $\\omega$")
    void regretIsAtMostTheDistanceAndTheStep(@ForAll("runs") Run run, ClaimRun claim) {
        claim.covers(run.activation.name()).covers(run.loss.name());
        claim.note("The proof leaves out the expectation over t and the batches on the left.");
        Sums sums = sums(run);
        double size = Math.abs(sums.inner) + Math.abs(sums.distance) / run.eta + run.eta * sums.gradients + 1;
        double rounding = (run.steps + 10) * 0x1p-46 * size * (1 + 1 / run.eta);
        claim.check(
                        "identity",
                        0.5,
                        (half, lab) -> Comparison.equal(
                                sums.inner,
                                sums.distance / (2 * run.eta) + half * run.eta * sums.gradients,
                                rounding,
                                "(T + 10) 2^-46 of the terms, over eta"))
                .falsifiedBy("eta for eta/2", 1.0)
                .falsifiedBy("0.45 eta", 0.45);
        double norm = LinearAlgebra.dot(run.comparator(), run.comparator());
        double slope = run.activation.lipschitz();
        PointMassRun sharp = new PointMassRun(3, 2, 1.7);
        double sharpLoss = sharp.run(1056, sharp.tunedRate(1056)).meanLoss();
        claim.check(
                        "mean loss, drawn and point mass",
                        0.5,
                        (half, lab) -> Comparison.atMost(
                                new double[] {sums.meanLoss, sharpLoss},
                                new double[] {
                                    sums.comparatorLoss
                                            + norm / (2 * run.eta * run.steps)
                                            + half * run.eta * slope * slope,
                                    sharp.scale() / Math.sqrt(1056) * (0.5 + half)
                                },
                                rounding,
                                "(T + 10) 2^-46 of the terms, over eta"))
                .falsifiedBy("eta L^2 C^2 / 4", 0.25)
                .falsifiedBy("0.45 eta L^2 C^2", 0.45);
    }

    @Claim(
            id = "D19.thm10-gradnorm",
            statement =
                    "\\|\\nabla_v\\, \\ell(\\langle v, \\Psi_\\omega(x)\\rangle, y)\\| \\le L\\,\\|\\Psi_\\omega(x)\\| \\le L C",
            hypotheses = "every $\\omega, x, y, v$")
    void gradientsAreBoundedByTheFeatures(@ForAll("runs") Run run, ClaimRun claim) {
        claim.covers(run.activation.name()).covers(run.loss.name());
        double[] norms = new double[3];
        DecentActivation[] activations = {run.activation, DecentActivation.IDENTITY};
        for (int j = 0; j < 2; j++) {
            Run each = new Run(activations[j], run.loss, run.d, run.q, 1, run.eta, run.seed);
            DMatrixRMaj x = PointLaw.SPHERE.rows(1, run.d, each.stream().part("x"));
            RandomFeatureDescent trainer = new RandomFeatureDescent(each.embedding(), HingeLoss.INSTANCE, run.eta);
            trainer.step(x, new double[] {1});
            norms[j] = LinearAlgebra.norm(trainer.coefficients()) / run.eta / activations[j].lipschitz();
        }
        PointMassRun sharp = new PointMassRun(3, 2, 1.7);
        norms[2] = sharp.run(6, sharp.tunedRate(6)).largestGradient() / 6;
        claim.check(
                        "norm over L C: drawn, identity, point mass",
                        1.0,
                        (factor, lab) -> Comparison.atMost(norms, factor, 1e-13, "a product of norms 1 to rounding"))
                .falsifiedBy("L C / 2", 0.5)
                .falsifiedBy("0.9 L C", 0.9);
    }

    /** The constants of the bound. */
    record Setting(double lipschitz, double features, double norm, int steps) {}

    @Provide
    Arbitrary<Setting> settings() {
        return Combinators.combine(
                        Arbitraries.of(0.5, 1.0, 3.0),
                        Arbitraries.of(0.25, 1.0, 2.0),
                        Arbitraries.of(0.5, 1.0, 1.7),
                        Arbitraries.integers().between(2, 10_000))
                .as(Setting::new);
    }

    @Claim(
            id = "D19.thm10-eta",
            statement =
                    "\\eta = \\frac{M}{\\sqrt T L C},\\; \\|f^*\\|_k \\le M \\;\\Longrightarrow\\; \\frac{\\|f^*\\|_k^2}{2\\eta T} + \\frac{\\eta L^2 C^2}{2} \\le \\frac{L C M}{\\sqrt T}",
            hypotheses = "with equality at $\\|f^*\\|_k = M$")
    void tunedRateBalancesTheTerms(@ForAll("settings") Setting s, ClaimRun claim) {
        claim.covers("L = " + s.lipschitz);
        double bound = s.lipschitz * s.features * s.norm / Math.sqrt(s.steps);
        claim.check(
                        "sum over L C M / sqrt(T)",
                        s.norm / (Math.sqrt(s.steps) * s.lipschitz * s.features),
                        (eta, lab) -> {
                            double square = Math.pow(s.lipschitz * s.features, 2);
                            return Comparison.atMost(
                                    (s.norm * s.norm / (2 * eta * s.steps) + eta * square / 2) / bound,
                                    1,
                                    1e-14,
                                    "rounding");
                        })
                .falsifiedBy("M / (T L C)", s.norm / (s.steps * s.lipschitz * s.features))
                .falsifiedBy("1.5 times the rate", 1.5 * s.norm / (Math.sqrt(s.steps) * s.lipschitz * s.features));
    }

    @Claim(
            id = "D19.thm10-sharp",
            statement = "\\frac1T \\sum_t L_{\\mathcal D}(v_t) - L_{\\mathcal D}(f^*) \\to \\frac{L C M}{\\sqrt T}",
            hypotheses =
                    "$\\psi(\\omega, x) = C x$, $\\mathcal D = \\delta_{x_0}$, $\\ell = L|\\hat y - y|$, $y = M C$; $T = n^2 + n$",
            instances = 1)
    void thePointMassAttainsTheBound(ClaimRun claim) {
        PointMassRun sharp = new PointMassRun(3, 2, 1.7);
        int[] steps = {6, 30, 110, 1056, 10100};
        double[] observed = new double[steps.length];
        for (int j = 0; j < steps.length; j++) {
            observed[j] =
                    sharp.run(steps[j], sharp.tunedRate(steps[j])).meanLoss() * Math.sqrt(steps[j]) / sharp.scale();
        }
        claim.check(
                        "regret over L C M / sqrt(T), at most",
                        1.0,
                        (factor, lab) -> Comparison.atMost(observed, factor, 1e-9, "T roundings"))
                .falsifiedBy("0.9", 0.9);
        claim.check("regret over L C M / sqrt(T), at least 1 - 0.15/T", 0.15, (constant, lab) -> {
                    double[] bound = new double[steps.length];
                    Arrays.setAll(bound, j -> 1 - constant / steps[j]);
                    return Comparison.atLeast(observed, bound, 1e-9, "T roundings");
                })
                .falsifiedBy("1", 0.0);
    }
}
