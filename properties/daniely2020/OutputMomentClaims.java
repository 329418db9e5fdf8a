package daniely2020;

import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import org.lemmalab.activation.BalancedActivations;
import org.lemmalab.activation.DecentActivation;
import org.lemmalab.activation.GaussianMoments;
import org.lemmalab.claim.Claim;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.numeric.GaussianIntegral;
import org.lemmalab.stats.Comparison;

/**
 * The mean and the variance of the network's output before the step.
 *
 * <h2>Source</h2>
 *
 * D20, proof of Lemma 6.
 *
 * <h2>Statement</h2>
 *
 * For orthonormal rows, signs a and {@code x ~ N(0, I_d)}: {@code E h_W(x) = (sum_j a_j / sqrt q) E s(G)}, {@code Var h_W(x) = Var s(G)}, whatever q
 * and a are.
 *
 * <h2>Instances</h2>
 *
 * One and two neurons in the plane, in five directions, with all signs; every activation, and on each instance also {@code |z|}, whose mean is not 0 as it is for odd ones.
 *
 * <h2>How it is checked</h2>
 *
 * By a double integral over the point, split at the kinks in one variable and where those of two rows meet in the other; exact to 1e-10 as the rows
 * stay 0.4 away from the axes.
 *
 * <h2>Falsifiers</h2>
 *
 * Other powers of q, second moments for variances, rows at an angle of 80 degrees.
 */
class OutputMomentClaims {
    private static final String QUADRATURE = "double integral to 1e-10, times 10";

    /** An activation and the angle of the first row with an axis. */
    record Plane(DecentActivation activation, double angle) {
        /** {@code E f(s(<w_1, x>), s(<w_2, x>))} with rows at an angle to each other, x in the plane. */
        double expectation(DoubleBinaryOperator f, double between) {
            double[][] w = {{Math.cos(angle), Math.sin(angle)}, {Math.cos(angle + between), Math.sin(angle + between)}};
            double[] kinks = activation.kinks();
            double[] crossings = new double[kinks.length * kinks.length]; // of the two rows' kinks
            for (int k = 0; k < crossings.length; k++) {
                double one = kinks[k % kinks.length];
                double other = kinks[k / kinks.length];
                crossings[k] = (one * w[1][1] - other * w[0][1]) / (w[0][0] * w[1][1] - w[1][0] * w[0][1]);
            }
            return GaussianIntegral.expectation(
                    first -> {
                        double[] moved = new double[2 * kinks.length];
                        for (int k = 0; k < moved.length; k++) {
                            double[] row = w[k % 2];
                            moved[k] = (kinks[k / 2] - row[0] * first) / row[1];
                        }
                        return GaussianIntegral.expectation(
                                second -> f.applyAsDouble(
                                        activation.value(w[0][0] * first + w[0][1] * second),
                                        activation.value(w[1][0] * first + w[1][1] * second)),
                                moved);
                    },
                    crossings);
        }
    }

    @Provide
    Arbitrary<Plane> planes() {
        return Combinators.combine(Arbitraries.of(BalancedActivations.ALL), Arbitraries.of(0.5, 0.7, 1.0, -0.6, -0.9))
                .as(Plane::new);
    }

    /** Claimed mean and variance of a network of q neurons with a sum of signs, from the moments of s. */
    private interface Moment {
        double of(GaussianMoments s, int q, int sum);
    }

    /** The angle between two rows, and the variance claimed. */
    private record Variance(double degrees, Moment moment) {}

    @Claim(
            id = "D20.lem6.mean",
            statement = "\\mathbb E\\, h_W(x) = \\frac{\\sum_j a_j}{\\sqrt q}\\, \\mathbb E\\,\\sigma(X),\\qquad"
                    + " \\mathrm{Var}\\, h_W(x) = \\mathrm{Var}\\,\\sigma(X)",
            hypotheses = "$W W^\\top = I_q$, $a \\in \\{\\pm1\\}^q$; one and two neurons in the plane, all signs",
            instances = 12)
    void outputsHaveTheMomentsOfOneNeuron(@ForAll("planes") Plane plane, ClaimRun run) {
        run.covers(plane.activation.name()).covers("q = 1").covers("q = 2");
        List<Plane> planes = List.of(plane, new Plane(BalancedActivations.ABSOLUTE_VALUE, 0.7));
        int[][] signs = {{1, 0}, {-1, 0}, {1, -1}, {1, 1}, {-1, -1}};
        double[] means = each(planes, p -> means(p, signs));
        run.check(
                        "mean",
                        (Moment) (x, q, sum) -> sum / Math.sqrt(q) * x.mean(),
                        (moment, lab) ->
                                Comparison.equal(means, each(planes, p -> claimed(p, signs, moment)), 1e-9, QUADRATURE))
                .falsifiedBy("sum a/q", (x, q, sum) -> sum / (double) q * x.mean())
                .falsifiedBy("sum a", (x, q, sum) -> sum * x.mean());
        double[] orthogonal = each(planes, p -> variances(p, signs, Math.PI / 2));
        run.check(
                        "variance",
                        new Variance(90, (x, q, sum) -> x.variance()),
                        (form, lab) -> Comparison.equal(
                                form.degrees == 90
                                        ? orthogonal
                                        : each(planes, p -> variances(p, signs, Math.toRadians(form.degrees))),
                                each(planes, p -> claimed(p, signs, form.moment)),
                                1e-9,
                                QUADRATURE))
                .falsifiedBy("E s^2", new Variance(90, (x, q, sum) -> x.variance() + x.mean() * x.mean()))
                .falsifiedBy("Var s/q", new Variance(90, (x, q, sum) -> x.variance() / q))
                .falsifiedBy(
                        "(sum a)^2/q Var s", new Variance(90, (x, q, sum) -> sum * sum / (double) q * x.variance()))
                .falsifiedBy("rows at 80 degrees", new Variance(80, (x, q, sum) -> x.variance()));
    }

    /** The means of {@code (a_1 s(u) + a_2 s(v))/sqrt q}. */
    private static double[] means(Plane plane, int[][] signs) {
        double first = plane.expectation((u, v) -> u, Math.PI / 2);
        double second = plane.expectation((u, v) -> v, Math.PI / 2);
        return each(signs, a -> (a[0] * first + a[1] * second) / Math.sqrt(neurons(a)));
    }

    /** Their variances. */
    private static double[] variances(Plane plane, int[][] signs, double between) {
        double m = GaussianMoments.of(plane.activation).mean();
        double first = plane.expectation((u, v) -> (u - m) * (u - m), between);
        double second = plane.expectation((u, v) -> (v - m) * (v - m), between);
        double product = plane.expectation((u, v) -> (u - m) * (v - m), between);
        return each(signs, a -> (a[0] * a[0] * first + a[1] * a[1] * second + 2 * a[0] * a[1] * product) / neurons(a));
    }

    private static double[] claimed(Plane plane, int[][] signs, Moment moment) {
        GaussianMoments s = GaussianMoments.of(plane.activation);
        return each(signs, a -> moment.of(s, neurons(a), a[0] + a[1]));
    }

    private static int neurons(int[] a) {
        return Math.abs(a[0]) + Math.abs(a[1]);
    }

    private static double[] each(List<Plane> planes, Function<Plane, double[]> f) {
        return planes.stream().flatMapToDouble(p -> DoubleStream.of(f.apply(p))).toArray();
    }

    private static double[] each(int[][] signs, ToDoubleFunction<int[]> f) {
        return Arrays.stream(signs).mapToDouble(f).toArray();
    }
}
