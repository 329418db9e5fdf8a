package bubeck2020;

import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import org.ejml.data.DMatrixRMaj;
import org.lemmalab.claim.Claim;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.kernel.ReluGramMatrix;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.numeric.ArcSine;
import org.lemmalab.stats.Comparison;

/**
 * The kernel's Gram matrix is a series of entrywise powers of the cosines V: all of them semidefinite, the high ones at least half the identity.
 *
 * <h2>Source</h2>
 *
 * B20, proof of Lemma 3.
 *
 * <h2>Statement</h2>
 *
 * <pre>{@code
 * arcsin t = sum_{i >= 0} c_i t^(2i+1),  c_i = (2i)! / ((2^i i!)^2 (2i+1));    D^-1 H D^-1 = V/4 + (1/2 pi) sum_i c_i V^(2i+2)
 * V^i >= 0;   lambda_min(V^(i+1)) >= lambda_min(V^i)
 * i >= log(2n)/log(1/gamma):   V^i >= I/2
 * }</pre>
 *
 * <h2>Instances</h2>
 *
 * {@link GenericPoints} up to 30, singular V among them; by name unbiased bases, whose smallest eigenvalues are 0, 0, 3/4, 3/4 for i = 1 to 4, and lifted ones.
 *
 * <h2>How it is checked</h2>
 *
 * The series with 400 terms at all {@code |V_ij| <= 0.95}: the rest is below {@code 0.95^802 < 1e-17}, the sum of nonnegative terms errs by {@code 5.2 u} and less times
 * {@code 1/sqrt(1 - t^2) <= 3.2} for the error of t; on the diagonal the rest after L terms is {@code 1/sqrt(pi L)} within {@code 1/(4L)} of it. Eigenvalues err by {@code 10 n u |V^i|},
 * {@code |V^i| <= n}. In the last part {@code |V_ij|^i = exp(-i log(1/|V_ij|))} errs by {@code 4 i u gamma^i + 4 u}, which matters for nearly parallel points only, where i is large;
 * the theorem leaves {@code 1/(2n)}.
 *
 * <h2>Falsifiers</h2>
 *
 * No {@code 1/(2i+1)}, the prefactor {@code 2/pi}, odd powers; {@code |V|} for V, 1.1 for the monotonicity's factor; half and 0.6 of the exponent.
 */
class KernelPowersClaims {
    private static final int TERMS = 400;
    private static final int POWERS = 12;

    /** {@code c_i}, from the kernel's coefficients. */
    private static final double[] C = coefficients();

    private static double[] coefficients() {
        double[] c = new double[TERMS];
        Arrays.setAll(c, i -> 2 * Math.PI * ReluGramMatrix.seriesCoefficient(2 * i + 2));
        return c;
    }

    @Provide
    Arbitrary<GenericPoints> sets() {
        return GenericPoints.any(30);
    }

    /** A series {@code sum_i coefficient_i t^(2i + shift)}. */
    private record Series(IntToDoubleFunction coefficient, int shift) {
        double at(double t) {
            double sum = 0;
            for (int i = TERMS - 1; i >= 0; i--) {
                sum = sum * t * t + coefficient.applyAsDouble(i);
            }
            return sum * Math.pow(t, shift);
        }
    }

    @Claim(
            id = "B20.lem3-series",
            statement =
                    "\\arcsin t = \\sum_{i \\ge 0} \\frac{(2i)!}{(2^i i!)^2} \\frac{t^{2i+1}}{2i+1}, \\qquad"
                            + " D^{-1} H D^{-1} = \\frac V4 + \\frac1{2\\pi} \\sum_{i \\ge 0} \\frac{(2i)!}{(2^i i!)^2} \\frac{V^{\\circ 2(i+1)}}{2i+1}",
            hypotheses = "$|t| \\le 1$; $H$ with $\\frac14 + \\frac1{2\\pi} \\arcsin$ (B20.lem3-kernel), $D$ the norms")
    void kernelMatrixIsASeriesOfEntrywisePowers(@ForAll("sets") GenericPoints set, ClaimRun run) {
        run.covers(set.family()).covers("t = 1");
        DMatrixRMaj cosines = set.cosines();
        DMatrixRMaj kernel = set.directionKernel();
        double[] t = new double[cosines.getNumElements() + 1];
        double[] entries = new double[t.length];
        int count = 1;
        t[0] = 0.6;
        entries[0] = 0.21144982940974;
        for (int k = 0; k < cosines.getNumElements(); k++) {
            if (Math.abs(cosines.data[k]) <= 0.95) {
                t[count] = cosines.data[k];
                entries[count++] = kernel.data[k];
            }
        }
        double[] arguments = Arrays.copyOf(t, count);
        double[] values = Arrays.copyOf(entries, count);
        run.check(
                        "arc sine",
                        new Series(i -> C[i], 1),
                        (series, lab) -> Comparison.equal(
                                Arrays.stream(arguments).map(series::at).toArray(),
                                Arrays.stream(arguments).map(ArcSine::of).toArray(),
                                40 * 0x1p-53,
                                "5.2 u, 3.2 u, 8 u"))
                .falsifiedBy("without 1/(2i+1)", new Series(i -> C[i] * (2 * i + 1), 1))
                .falsifiedBy("t^(2i)", new Series(i -> C[i], 0));
        run.check(
                        "kernel matrix",
                        new Series(i -> C[i] / (2 * Math.PI), 2),
                        (series, lab) -> Comparison.equal(
                                Arrays.stream(arguments)
                                        .map(x -> x / 4 + series.at(x))
                                        .toArray(),
                                values,
                                6e-15,
                                "40 u, and a reference in 14 digits"))
                .falsifiedBy("2/pi in place of 1/(2 pi)", new Series(i -> C[i] * 2 / Math.PI, 2))
                .falsifiedBy("odd powers", new Series(i -> C[i] / (2 * Math.PI), 3));
        run.check(
                        "diagonal",
                        new Series(i -> C[i], 1),
                        (series, lab) -> Comparison.equal(
                                (Math.PI / 2 - series.at(1)) * Math.sqrt(Math.PI * TERMS), 1, 1.0 / TERMS, "1/L"))
                .falsifiedBy("1/(2i+2) in place of 1/(2i+1)", new Series(i -> C[i] * (2 * i + 1) / (2 * i + 2), 1));
    }

    /** The claim {@code V^i >= 0} for V or |V|, and {@code lambda(i+1) >= factor lambda(i)}. */
    private record Order(boolean moduli, double factor) {}

    @Claim(
            id = "B20.lem3-schur",
            statement = "V \\succeq 0 \\;\\Longrightarrow\\; V^{\\circ i} \\succeq 0, \\qquad"
                    + " \\lambda_{\\min}(V^{\\circ (i+1)}) \\ge \\lambda_{\\min}(V^{\\circ i})",
            hypotheses = "$V$ symmetric; the second with ones on the diagonal; here $i \\le 12$")
    void entrywisePowersAreSemidefiniteAndIncrease(@ForAll("sets") GenericPoints set, ClaimRun run) {
        run.covers(set.family()).covers(set.n() > set.d() ? "V singular" : "n <= d");
        run.check("semidefinite", new Order(false, 1), (order, lab) -> {
                    double[] drawn = smallest(set, order.moduli);
                    double[] named = smallest(GenericPoints.unbiased(1), order.moduli);
                    double[] all = Arrays.copyOf(drawn, 2 * POWERS);
                    System.arraycopy(named, 0, all, POWERS, POWERS);
                    return Comparison.atLeast(all, 0, 10 * 1024 * 0x1p-53, "10 n u n, n = 32");
                })
                .falsifiedBy("|V| in place of V", new Order(true, 1));
        run.check("increasing", new Order(false, 1), (order, lab) -> {
                    double[] drawn = smallest(set, false);
                    double[] named = smallest(GenericPoints.unbiased(1), false);
                    double[] next = new double[2 * POWERS - 2];
                    double[] previous = new double[2 * POWERS - 2];
                    for (int i = 0; i + 1 < POWERS; i++) {
                        next[2 * i] = drawn[i + 1];
                        previous[2 * i] = order.factor * drawn[i];
                        next[2 * i + 1] = named[i + 1];
                        previous[2 * i + 1] = order.factor * named[i];
                    }
                    return Comparison.atLeast(next, previous, 20 * 1024 * 0x1p-53, "two eigenvalues");
                })
                .falsifiedBy("1.1 times the previous one", new Order(false, 1.1));
    }

    /** The smallest eigenvalues of {@code V^1, ..., V^12}. */
    private static double[] smallest(GenericPoints set, boolean moduli) {
        DMatrixRMaj cosines = set.cosines();
        DMatrixRMaj power = cosines.copy();
        Arrays.fill(power.data, 1);
        double[] result = new double[POWERS];
        for (int i = 0; i < POWERS; i++) {
            for (int k = 0; k < cosines.getNumElements(); k++) {
                power.data[k] *= moduli ? Math.abs(cosines.data[k]) : cosines.data[k];
            }
            result[i] = LinearAlgebra.eigen(power).smallest();
        }
        return result;
    }

    @Claim(
            id = "B20.lem3-offdiag",
            statement =
                    "i \\ge \\frac{\\log(2n)}{\\log(1/\\gamma)} \\;\\Longrightarrow\\; V^{\\circ i} \\succeq \\tfrac12 I_n",
            hypotheses = "$|V_{ij}| \\le \\gamma < 1$ off the diagonal, $V_{ii} = 1$")
    void largePowersAreAtLeastHalfTheIdentity(@ForAll("sets") GenericPoints set, ClaimRun run) {
        run.covers(set.family()).covers(Double.isInfinite(set.r()) ? "parallel points: no i" : "some i");
        run.check("smallest eigenvalue", 1.0, (fraction, lab) -> {
                    GenericPoints drawn = Double.isInfinite(set.r()) ? GenericPoints.circle(5) : set;
                    return Comparison.atLeast(
                            new double[] {
                                atExponent(drawn, fraction),
                                atExponent(GenericPoints.unbiased(1), fraction),
                                atExponent(GenericPoints.unbiased(2), fraction),
                                atExponent(GenericPoints.lifted(1, 0.05), fraction)
                            },
                            0.5,
                            10 * 1024 * 0x1p-53,
                            "10 n u n, n = 32; 4 i u gamma^i is below what the theorem leaves");
                })
                .falsifiedBy("half of the exponent", 0.5)
                .falsifiedBy("0.6 of the exponent", 0.6);
    }

    /** The smallest eigenvalue of {@code V^i} at the least integer {@code i >= fraction R}. */
    private static double atExponent(GenericPoints set, double fraction) {
        double i = Math.ceil(fraction * set.r());
        DMatrixRMaj power = set.cosines();
        for (int row = 0; row < set.n(); row++) {
            for (int column = 0; column < set.n(); column++) {
                double t = power.get(row, column);
                if (row != column && t != 0) {
                    // for nearly parallel points the logarithm of the angle, which has all digits, in place of that of
                    // the cosine
                    double logarithm =
                            Math.abs(t) < 0.99 || set.n() > 2 ? Math.log(Math.abs(t)) : -set.logInverseGamma();
                    power.set(row, column, (t < 0 && i % 2 != 0 ? -1 : 1) * Math.exp(i * logarithm));
                }
            }
        }
        return LinearAlgebra.eigen(power).smallest();
    }
}
