package bubeck2020;

import java.util.function.IntToDoubleFunction;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import org.apache.commons.math3.complex.Complex;
import org.ejml.data.DMatrixRMaj;
import org.lemmalab.claim.Claim;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.memorizer.ComplexNeuron;
import org.lemmalab.random.PointLaw;
import org.lemmalab.random.RandomStream;
import org.lemmalab.stats.Comparison;
import org.lemmalab.stats.Decision;

/**
 * Outputs and weights of the ReLU neuron that stands for a complex one.
 *
 * <h2>Source</h2>
 *
 * B20, proof of Theorem 4.
 *
 * <h2>Statement</h2>
 *
 * For {@code w = u + j u'}, j = 0, ..., m, and {@code f(x) = max(w . x - b, 0)}:
 *
 * <pre>{@code
 * |w . x|^2 <= (1 + m^2) (|u . x|^2 + |u' . x|^2)      (printed: 2 m)
 * m (|u . x_i| + |u' . x_i|) <= M, |b| <= 2M   =>   |f|^2 <= 9 M^2 n <= 10 m M^2 n
 * |w|^2 <= m^2 (|u| + |u'|)^2
 * }</pre>
 *
 * {@code 1 + m^2} is the least constant, by Cauchy-Schwarz. The second line follows from {@code |w . x_i| <= M} without the first; knots up to 2M are
 * those of Lemma 8's construction.
 *
 * <h2>Instances</h2>
 *
 * m = 1, ..., 8 and all j; drawn weights and points; in every instance the extreme ones, {@code u . x = 1, u' . x = m} and {@code w . x = M}.
 *
 * <h2>How it is checked</h2>
 *
 * Quotients of both sides; inner products in 5 dimensions are exact to {@code 5 * 2^-53} of norms, 40 roundings in all.
 *
 * <h2>Falsifiers</h2>
 *
 * 2m as printed, {@code m^2}, {@code 0.9 (1 + m^2)}; 8 and 4 for 9; factors m and {@code (m-1)^2}, {@code |u|^2 + |u'|^2} in place of the squared sum.
 */
class RealizedNeuronClaims {
    private static final int D = 5;

    /** A complex neuron on n points. */
    record Neuron(int m, int n, long seed) {
        ComplexNeuron complex() {
            return new ComplexNeuron(
                    m,
                    stream().part("real").gaussians(D),
                    stream().part("imaginary").gaussians(D),
                    Complex.ONE);
        }

        DMatrixRMaj points() {
            return PointLaw.SPHERE.rows(n, D, stream().part("points"));
        }

        RandomStream stream() {
            return RandomStream.of(seed, "RealizedNeuronClaims");
        }
    }

    @Provide
    Arbitrary<Neuron> neurons() {
        return Combinators.combine(
                        Arbitraries.integers().between(1, 8),
                        Arbitraries.integers().between(1, 8),
                        Arbitraries.longs().between(0, 1_000_000))
                .as(Neuron::new);
    }

    /** Knots up to so many M, and the constant of {@code M^2 n}. */
    private record Outputs(double knots, double constant) {}

    @Claim(
            id = "B20.thm4-f2",
            statement =
                    "|w \\cdot x|^2 \\le 2m\\bigl(|\\tilde w \\cdot x|^2 + |\\tilde w' \\cdot x|^2\\bigr), \\qquad \\|\\mathbf f\\|^2 \\le 10\\, m M^2 n",
            correction =
                    "|w \\cdot x|^2 \\le (1 + m^2)\\bigl(|\\tilde w \\cdot x|^2 + |\\tilde w' \\cdot x|^2\\bigr), \\qquad \\|\\mathbf f\\|^2 \\le 9 M^2 n \\le 10\\, m M^2 n",
            hypotheses =
                    "$w = \\tilde w + j\\tilde w'$, $j \\le m$; $m(|\\tilde w \\cdot x_i| + |\\tilde w' \\cdot x_i|) \\le M$, $|b| \\le 2M$",
            derivation =
                    "$\\tilde w \\cdot x = 1$, $\\tilde w' \\cdot x = 2$, $m = j = 2$: $25 > 20$. By Cauchy-Schwarz $(a + jb)^2 \\le (1 + j^2)(a^2 + b^2)$;"
                            + " the bound on $\\|\\mathbf f\\|^2$ follows from $|w \\cdot x_i| \\le M$ alone.")
    void outputsOfTheRealizedNeuronAreBounded(@ForAll("neurons") Neuron drawn, ClaimRun run) {
        run.covers(drawn.m == 1 ? "m = 1" : "m > 1");
        run.note("The bound on the norm of f, and so Theorem 4, is not affected.");
        ComplexNeuron neuron = drawn.complex();
        DMatrixRMaj points = drawn.points();
        double[] s = LinearAlgebra.product(points, neuron.real());
        double[] t = LinearAlgebra.product(points, neuron.imaginary());
        IntToDoubleFunction sharp = m -> 1 + m * m;
        run.check("(w . x)^2 over the sum of squares", sharp, (constant, lab) -> {
                    double[] ratios = new double[drawn.n * (drawn.m + 1) + 2];
                    double[] bounds = new double[ratios.length];
                    for (int j = 0; j <= drawn.m; j++) {
                        double[] ridge = LinearAlgebra.product(points, neuron.ridge(j));
                        for (int i = 0; i < drawn.n; i++) {
                            ratios[j * drawn.n + i] = ridge[i] * ridge[i] / (s[i] * s[i] + t[i] * t[i]);
                            bounds[j * drawn.n + i] = constant.applyAsDouble(drawn.m);
                        }
                    }
                    ratios[ratios.length - 2] = Math.pow(1 + drawn.m * drawn.m, 2) / (1 + drawn.m * drawn.m);
                    bounds[ratios.length - 2] = constant.applyAsDouble(drawn.m);
                    ratios[ratios.length - 1] = Math.pow(1 + 2 * 2, 2) / (1 + 2 * 2);
                    bounds[ratios.length - 1] = constant.applyAsDouble(2);
                    double weights =
                            LinearAlgebra.norm(neuron.real()) + drawn.m * LinearAlgebra.norm(neuron.imaginary());
                    double least = Double.POSITIVE_INFINITY;
                    for (int i = 0; i < drawn.n; i++) {
                        least = Math.min(least, Math.hypot(s[i], t[i]));
                    }
                    return Comparison.atMost(
                            ratios,
                            bounds,
                            40 * 0x1p-53 * (65 + drawn.m * weights / least),
                            "40 roundings of 65, and of |w| |w . x| over the sum");
                })
                .printedAs("2m", m -> 2 * m)
                .falsifiedBy("m^2", m -> m * m)
                .falsifiedBy("0.9 (1 + m^2)", m -> 0.9 * (1 + m * m));
        run.check("|f|^2 / (M^2 n)", new Outputs(2, 9), (form, lab) -> outputs(drawn, form))
                .falsifiedBy("8", new Outputs(2, 8))
                .falsifiedBy("4, the constant for |b| <= M", new Outputs(2, 4));
        run.check("|f|^2 / (M^2 n) with |b| <= M", new Outputs(1, 4), (form, lab) -> outputs(drawn, form))
                .falsifiedBy("3.6", new Outputs(1, 3.6))
                .falsifiedBy("|b| <= 2M", new Outputs(2, 4));
    }

    /** All ridges with knots over the range, and the extreme case {@code w . x_i = M}. */
    private static Decision outputs(Neuron drawn, Outputs form) {
        ComplexNeuron neuron = drawn.complex();
        DMatrixRMaj points = drawn.points();
        double reach = neuron.reach(points);
        double[] ratios = new double[9 * (drawn.m + 1) + 1];
        for (int j = 0; j <= drawn.m; j++) {
            double[] ridge = LinearAlgebra.product(points, neuron.ridge(j));
            for (int k = 0; k < 9; k++) {
                double knot = form.knots * reach * (k - 4) / 4;
                double sum = 0;
                for (double z : ridge) {
                    sum += Math.pow(Math.max(z - knot, 0) / reach, 2);
                }
                ratios[9 * j + k] = sum / drawn.n;
            }
        }
        ratios[ratios.length - 1] = Math.pow(1 + form.knots, 2); // u . x = 0, u' . x = M/m, j = m, b at the lower end
        return Comparison.atMost(
                ratios,
                form.constant,
                40 * 0x1p-53 * 9 * (1 + D * LinearAlgebra.norm(neuron.ridge(drawn.m)) / reach),
                "40 roundings of 9 and of 45 |w| / M");
    }

    /** The factor from m, and whether it multiplies the squared sum of the norms or the sum of their squares. */
    private record Weights(IntToDoubleFunction factor, boolean squaredSum) {}

    @Claim(
            id = "B20.thm4-w",
            statement = "\\|\\tilde w + j\\tilde w'\\|^2 \\le m^2\\bigl(\\|\\tilde w\\| + \\|\\tilde w'\\|\\bigr)^2",
            hypotheses = "$0 \\le j \\le m$, $m \\ge 1$; $|b| \\le 2M$ by the construction in Lemma 8")
    void weightsOfTheRealizedNeuronAreBounded(@ForAll("neurons") Neuron drawn, ClaimRun run) {
        run.covers(drawn.m == 1 ? "m = 1" : "m > 1");
        double[] e = drawn.complex().real();
        double[] longer = e.clone();
        for (int k = 0; k < D; k++) {
            longer[k] *= drawn.m;
        }
        ComplexNeuron[] neurons = {
            drawn.complex(),
            new ComplexNeuron(drawn.m, new double[D], e, Complex.ONE),
            new ComplexNeuron(drawn.m, e, longer, Complex.ONE),
            new ComplexNeuron(drawn.m, e, new double[D], Complex.ONE)
        };
        run.check("drawn, u = 0, parallel, u' = 0", new Weights(m -> m * m, true), (form, lab) -> {
                    double[] ratios = new double[neurons.length * (drawn.m + 1)];
                    for (int i = 0; i < neurons.length; i++) {
                        double u = LinearAlgebra.norm(neurons[i].real());
                        double v = LinearAlgebra.norm(neurons[i].imaginary());
                        double right = form.squaredSum ? (u + v) * (u + v) : u * u + v * v;
                        for (int j = 0; j <= drawn.m; j++) {
                            double[] w = neurons[i].ridge(j);
                            ratios[i * (drawn.m + 1) + j] = LinearAlgebra.dot(w, w) / right;
                        }
                    }
                    return Comparison.atMost(
                            ratios, form.factor.applyAsDouble(drawn.m), 40 * 0x1p-53 * 65, "40 roundings of 65");
                })
                .falsifiedBy("m", new Weights(m -> m, true))
                .falsifiedBy("(m - 1)^2", new Weights(m -> (m - 1) * (m - 1), true))
                .falsifiedBy("0.9 m^2", new Weights(m -> 0.9 * m * m, true))
                .falsifiedBy("m^2 (|u|^2 + |u'|^2)", new Weights(m -> m * m, false));
    }
}
