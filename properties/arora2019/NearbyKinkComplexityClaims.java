package arora2019;

import instances.PointSet;
import instances.PointSet.Geometry;
import instances.PointSets;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import org.ejml.data.DMatrixRMaj;
import org.lemmalab.claim.Claim;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.claim.Experiment;
import org.lemmalab.complexity.NetworkBall;
import org.lemmalab.complexity.PlanarRademacherComplexity;
import org.lemmalab.complexity.SignVectors;
import org.lemmalab.kernel.TangentFeatures;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.network.Initialization;
import org.lemmalab.network.NormalizedNetwork;
import org.lemmalab.random.RandomStream;
import org.lemmalab.stats.Comparison;

/**
 * The Rademacher complexity of the networks near any given one is a linear part plus what nearby kinks add.
 *
 * <h2>Source</h2>
 *
 * A19, proof of Lemma 5.4, the display before 'Next we bound'.
 *
 * <h2>Statement</h2>
 *
 * For unit points and the {@linkplain NetworkBall class} {@code F_RB} of networks within R of W(0) at every neuron and within B of it in all,
 *
 * <pre>{@code
 * R_S(F_RB) <= (B/n) |Z(0)|_F + 2R/(n sqrt m) sum_{r,i} 1{ |w_r(0).x_i| <= R }
 * }</pre>
 *
 * <p>It follows from a sharper form, which is checked as well,
 *
 * <pre>{@code
 * R_S(F_RB) <= (B/n) E|Z(0) eps| + 1/(2n sqrt m) sum_{r,i} (R - |w_r(0).x_i|)_+ .
 * }</pre>
 *
 * <p>For {@code relu(w.x_i)} exceeds its linear part {@code I_ri(0) w.x_i} by 0 to {@code (R - |w_r(0).x_i|)_+}; {@code a_r eps_i} is positive
 * half of the time, and gains nothing from that excess when it is negative.
 *
 * <h2>Instances</h2>
 *
 * Networks of 1 to 3 neurons and 1 to 4 points of the plane; among them inactive neurons with one point and {@code B = R sqrt m}, where the
 * sharper form is attained. Wide networks with orthonormal points, for which {@code |Z eps| = |Z|_F} for every eps.
 *
 * <h2>How it is checked</h2>
 *
 * Small networks by {@link PlanarRademacherComplexity}: a bound is refuted when the lower end of the enclosure, about 1% below {@code R_S}, exceeds
 * it. Wide ones by networks of the class, evaluated ({@link NetworkBall#tangentLowerBound}); with {@code sum_r |w_r.x_i| <= 2m} the rounding
 * error is below {@code 2 (m + d + 8) sqrt(m) 2^-52}.
 *
 * <h2>Falsifiers</h2>
 *
 * No indicator sum, 2R replaced by 0.45 R, the sharper remainder reduced by 5% (refuted by inactive neurons); the linear part reduced by 2 or 5%.
 */
class NearbyKinkComplexityClaims {
    /** With it and m <= 3 the enclosure is within 2% of its middle. */
    private static final int LEVELS = 100;

    /** How the neurons of a small network start. */
    enum Start {
        /** {@code N(0, I)}. */
        GAUSSIAN,
        /** {@code N(0, I/2500)}: most pairs of neuron and point are within R. */
        NEARLY_ZERO,
        /** {@code -(R/1000) x} for the only point x. */
        INACTIVE;

        String label() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }

    /** A class of small networks; {@code B = ratio R}, or {@code R sqrt m} for inactive neurons. */
    record SmallClass(PointSet set, int m, Start start, double neuronRadius, double ratio) {
        /** The points, in the plane; the first one only for inactive neurons. */
        DMatrixRMaj points() {
            int n = start == Start.INACTIVE ? 1 : set.n();
            DMatrixRMaj points = new DMatrixRMaj(n, 2);
            for (int i = 0; i < n; i++) {
                System.arraycopy(set.points().data, i * set.d(), points.data, 2 * i, set.d());
            }
            return points;
        }

        NetworkBall ball() {
            RandomStream stream = set.stream();
            double kappa = start == Start.NEARLY_ZERO ? 0.02 : 1;
            NormalizedNetwork network = Initialization.gaussian(m, 2, kappa, stream);
            if (start == Start.INACTIVE) {
                double[] x = points().data;
                Arrays.setAll(network.weights().data, k -> -neuronRadius / 1000 * x[k % 2]);
            }
            return new NetworkBall(
                    network, neuronRadius, neuronRadius * (start == Start.INACTIVE ? Math.sqrt(m) : ratio));
        }
    }

    @Provide
    Arbitrary<SmallClass> smallClasses() {
        return Combinators.combine(
                        PointSets.any(4, 2),
                        Arbitraries.integers().between(1, 3),
                        Arbitraries.of(Start.class),
                        Arbitraries.of(0.1, 0.5, 2.0),
                        Arbitraries.of(0.5, 1.2, Math.sqrt(3)))
                .as(SmallClass::new);
    }

    /** What the bounds of the core are made of. */
    private record Parts(NetworkBall ball, int n, double frobenius, double meanNorm, double near, double depth) {
        static Parts of(NetworkBall ball, DMatrixRMaj points) {
            NormalizedNetwork center = ball.center();
            DMatrixRMaj z = TangentFeatures.of(points, center.weights(), center.signs());
            double near = 0;
            double depth = 0;
            for (double preactivation : center.preactivations(points).data) {
                near += Math.abs(preactivation) <= ball.neuronRadius() ? 1 : 0;
                depth += Math.max(0, ball.neuronRadius() - Math.abs(preactivation));
            }
            int n = points.numRows;
            double mean = SignVectors.mean(n, eps -> LinearAlgebra.norm(LinearAlgebra.product(z, eps)));
            return new Parts(ball, n, LinearAlgebra.norm(z.data), mean, near, depth);
        }

        /** Refutes a bound that a lower bound of {@code R_S} exceeds. */
        Experiment<ToDoubleFunction<Parts>> isExceededBy(double lower, double tolerance, String derivation) {
            return (bound, lab) -> Comparison.atMost(lower, bound.applyAsDouble(this), tolerance, derivation);
        }

        /** {@code (B/n) leading |Z|_F + factor R/(n sqrt m) #near}. */
        double printed(double leading, double factor) {
            double root = Math.sqrt(ball.center().width());
            return (ball.radius() * leading * frobenius + factor * ball.neuronRadius() * near / root) / n;
        }

        /** {@code (B/n) leading E|Z eps| + factor/(n sqrt m) sum (R - |w.x|)_+}. */
        double sharp(double leading, double factor) {
            double root = Math.sqrt(ball.center().width());
            return (ball.radius() * leading * meanNorm + factor * depth / root) / n;
        }
    }

    @Claim(
            id = "A19.lem5.4-core",
            statement = "\\mathcal R_S(\\mathcal F_{R,B}) \\le \\frac Bn \\|Z(0)\\|_F"
                    + " + \\frac{2R}{n\\sqrt m} \\sum_{r,i} 1\\{|w_r(0)^\\top x_i| \\le R\\}",
            hypotheses = "unit points, $a_r = \\pm1$, any $W(0)$, $R$, $B$",
            instances = 400)
    void complexityIsLinearPlusWhatNearbyKinksAdd(@ForAll("smallClasses") SmallClass small, ClaimRun run) {
        run.covers(
                        small.start == Start.INACTIVE
                                ? "one point"
                                : small.set.geometry().label())
                .covers("neurons " + small.start.label())
                .covers(small.ratio < 1 ? "B < R" : "R < B");
        run.note("2R may be replaced by (R - |w_r(0).x_i|)_+/2: the remainder is at least four times too large.");
        DMatrixRMaj points = small.points();
        Parts parts = Parts.of(small.ball(), points);
        Experiment<ToDoubleFunction<Parts>> experiment = parts.isExceededBy(
                PlanarRademacherComplexity.of(small.ball(), points, LEVELS).low(),
                0,
                "none: a lower bound of R_S, rounding included");
        run.check("small networks", p -> p.printed(1, 2), experiment)
                .falsifiedBy("no indicator sum", p -> p.printed(1, 0))
                .falsifiedBy("0.45 R in place of 2 R", p -> p.printed(1, 0.45));
        run.check("small networks, sharper form", p -> p.sharp(1, 0.5), experiment)
                .falsifiedBy("0.95 of the remainder", p -> p.sharp(1, 0.475));

        int m = 1000;
        DMatrixRMaj orthonormal =
                PointSet.of(Geometry.ORTHONORMAL, 4, 4, small.set.seed()).points();
        NormalizedNetwork center =
                Initialization.gaussian(m, 4, 1, small.set.stream().part("wide"));
        NetworkBall wide = new NetworkBall(center, RademacherComplexityClaims.movement(0.05, m), 0.05);
        Experiment<ToDoubleFunction<Parts>> wideExperiment = Parts.of(wide, orthonormal)
                .isExceededBy(
                        wide.tangentLowerBound(orthonormal),
                        2 * (m + 12) * Math.sqrt(m) * 0x1p-52,
                        "2 (m + d + 8) sqrt(m) 2^-52");
        run.check("1000 neurons, orthonormal points", p -> p.printed(1, 2), wideExperiment)
                .falsifiedBy("0.95 of the leading term", p -> p.printed(0.95, 2));
        run.check("1000 neurons, orthonormal points, sharper form", p -> p.sharp(1, 0.5), wideExperiment)
                .falsifiedBy("0.98 of the linear part", p -> p.sharp(0.98, 0.5));
    }
}
