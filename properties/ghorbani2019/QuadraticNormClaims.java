package ghorbani2019;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import org.ejml.data.DMatrixRMaj;
import org.lemmalab.claim.Claim;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.data.QuadraticTarget;
import org.lemmalab.numeric.GaussHermite;
import org.lemmalab.random.RandomStream;
import org.lemmalab.risk.NetworkRisk;
import org.lemmalab.stats.Comparison;

/**
 * Mean and norm of a quadratic function: the risk of the predictor 0, in which the paper measures risks.
 *
 * <h2>Source</h2>
 *
 * G19, section 2.1, after (11), and Theorem 1's hypothesis {@code E f* = 0}.
 *
 * <h2>Statement</h2>
 *
 * For {@code f* = b0 + x^T B x}, {@code x ~ N(0, I)}:
 *
 * <pre>{@code
 * E f* = b0 + tr B,    |f*|^2 = 2 |B|_F^2 + (b0 + tr B)^2,    centred: b0 = -tr B, |f*|^2 = 2 |B|_F^2
 * }</pre>
 *
 * <h2>Instances</h2>
 *
 * d from 1 to 6, B symmetric of any rank, B = 0 included, at scales 1/100 to 100; b0 zero, random or centring.
 *
 * <h2>How it is checked</h2>
 *
 * By the tensor product of Gauss-Hermite rules with 3 nodes, exact for the degree 4 of {@code f*^2} in each variable. A value of f* is a sum of
 * {@code d^2 + 1} terms, an expectation one of {@code 3^d <= 729} positive multiples; the terms' size is at most that of f* with
 * {@code |B_ij|} and {@code |b0|} at {@code |x_i| <= sqrt 3}.
 *
 * <h2>Falsifiers</h2>
 *
 * {@code |B|_F^2} for twice that; {@code b0 = 0} as the centring; {@code b0} for the mean; the mean left out of the norm.
 */
class QuadraticNormClaims {
    private static final GaussHermite RULE = GaussHermite.of(3);

    /** What the offset is. */
    enum Offset {
        CENTRING,
        ZERO,
        RANDOM
    }

    /** A random target. */
    record Target(int d, int rank, double scale, Offset offset, long seed) {
        QuadraticTarget of(Offset form) {
            RandomStream stream = RandomStream.of(seed, "QuadraticNormClaims");
            DMatrixRMaj b = new DMatrixRMaj(d, d);
            for (int r = 0; r < rank; r++) {
                double sign = stream.sign() * scale;
                double[] v = stream.gaussians(d);
                for (int i = 0; i < d; i++) {
                    for (int j = 0; j < d; j++) {
                        b.add(i, j, sign * (v[i] * v[j]));
                    }
                }
            }
            double random = scale * stream.gaussian();
            return switch (form) {
                case CENTRING -> QuadraticTarget.centred(b);
                case ZERO -> new QuadraticTarget(b, 0);
                case RANDOM -> new QuadraticTarget(b, random);
            };
        }
    }

    @Provide
    Arbitrary<Target> targets() {
        return Arbitraries.integers()
                .between(1, 6)
                .flatMap(d -> Combinators.combine(
                                Arbitraries.integers().between(0, d),
                                Arbitraries.of(0.01, 1.0, 100.0),
                                Arbitraries.of(Offset.values()),
                                Arbitraries.longs().between(0, 1_000_000))
                        .as((rank, scale, offset, seed) -> new Target(d, rank, scale, offset, seed)));
    }

    /** The formulas {@code E f* = b0 + trace tr B} and {@code |f*|^2 = square |B|_F^2 + mean (E f*)^2}. */
    private record Form(double trace, double square, double mean) {}

    @Claim(
            id = "G19.trivial-norm",
            statement = "\\mathbb E f_* = b_0 + \\operatorname{tr} B, \\quad"
                    + "\\|f_*\\|^2 = 2 \\|B\\|_F^2 + (b_0 + \\operatorname{tr} B)^2",
            hypotheses = "$f_* = b_0 + x^\\top B x$, $x \\sim N(0, I_d)$, $B$ symmetric")
    void normIsTwiceTheFrobeniusNormWhenCentred(@ForAll("targets") Target drawn, ClaimRun run) {
        QuadraticTarget target = drawn.of(drawn.offset);
        run.covers("offset " + drawn.offset)
                .covers(drawn.rank == 0 ? "B = 0" : drawn.rank < drawn.d ? "B singular" : "B regular");
        if (drawn.d == 1) {
            run.covers("d = 1");
        }
        double size = size(target);
        double rounding = 2 * (729 + 37) * 0x1p-53 * size;
        double mean = expectation(target, 1);
        run.check(
                        "mean",
                        1.0,
                        (trace, lab) -> Comparison.equal(
                                new double[] {target.mean(), target.offset() + trace * target.trace()},
                                new double[] {mean, mean},
                                rounding,
                                "2 (3^6 + 37) u sup |f*|"))
                .falsifiedBy("b0 alone", 0.0)
                .falsifiedBy("b0 + tr B / 2", 0.5);
        double square = expectation(target, 2);
        run.check("norm", new Form(1, 2, 1), (form, lab) -> {
                    double m = target.offset() + form.trace * target.trace();
                    double formula = form.square * target.frobeniusSquared() + form.mean * m * m;
                    return Comparison.equal(
                            new double[] {formula, target.normSquared() - formula},
                            new double[] {square, 0},
                            4 * rounding * size,
                            "8 (3^6 + 37) u sup f*^2");
                })
                .falsifiedBy("|B|_F^2", new Form(1, 1, 1))
                .falsifiedBy("without the mean", new Form(1, 2, 0))
                .falsifiedBy("b0 for the mean", new Form(0, 2, 1));
        run.check("centred", Offset.CENTRING, (offset, lab) -> {
                    QuadraticTarget centred = drawn.of(offset);
                    double scale = size(centred) * size(centred);
                    return Comparison.equal(
                            new double[] {expectation(centred, 2), NetworkRisk.of(centred, 0)},
                            new double[] {2 * centred.frobeniusSquared(), 2 * centred.frobeniusSquared()},
                            8 * (729 + 37) * 0x1p-53 * scale,
                            "8 (3^6 + 37) u sup f*^2");
                })
                .falsifiedBy("b0 = 0", Offset.ZERO);
    }

    /** {@code E f*^power}. */
    private static double expectation(QuadraticTarget target, int power) {
        int d = target.dimension();
        int count = (int) Math.round(Math.pow(3, d));
        DMatrixRMaj points = new DMatrixRMaj(count, d);
        double[] weights = new double[count];
        for (int i = 0; i < count; i++) {
            weights[i] = 1;
            int digits = i;
            for (int k = 0; k < d; k++) {
                weights[i] *= RULE.weights()[digits % 3];
                points.set(i, k, RULE.nodes()[digits % 3]);
                digits /= 3;
            }
        }
        double[] values = target.values(points);
        double sum = 0;
        for (int i = 0; i < count; i++) {
            sum += weights[i] * (power == 1 ? values[i] : values[i] * values[i]);
        }
        return sum;
    }

    /** {@code |b0| + 3 sum |B_ij|}. */
    private static double size(QuadraticTarget target) {
        double sum = Math.abs(target.offset());
        for (double b : target.matrix().data) {
            sum += 3 * Math.abs(b);
        }
        return sum;
    }
}
