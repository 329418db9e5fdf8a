package ghorbani2019;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.lemmalab.claim.Claim;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.claim.Lab;
import org.lemmalab.data.QuadraticTarget;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.random.OrthonormalRows;
import org.lemmalab.random.PointLaw;
import org.lemmalab.random.RandomStream;
import org.lemmalab.risk.NetworkRisk;
import org.lemmalab.risk.QuadraticNetworkLoss;
import org.lemmalab.stats.Comparison;
import org.lemmalab.stats.Decision;
import org.lemmalab.stats.Rate;
import org.lemmalab.trainer.QuadraticNetworkDescent;

/**
 * Stochastic gradient descent with small steps trains a quadratic network to its least risk.
 *
 * <h2>Source</h2>
 *
 * G19, Theorem 3, first display; the left-hand side of (6).
 *
 * <h2>Statement</h2>
 *
 * {@code B >= 0}, {@code (W_0, c_0)} from a law with a density, steps of size eps, one fresh sample each. For all delta,
 *
 * <pre>{@code
 * lim_t lim_(eps -> 0) P( |L(W_(t/eps), c_(t/eps)) - inf L| >= delta ) = 0,   inf L = 2 sum_(i > N) l_i(B)^2
 * }</pre>
 *
 * <h2>Instances</h2>
 *
 * Five dimensions, {@code W_0 ~ N(0, 1/4)}, eigenvalues 2, 1.5, 0.8, 0.4, 0.1 in a random orthonormal basis. The flow also with repeated and zero
 * eigenvalues, 1 to 7 neurons, and b0 that does not centre the target.
 *
 * <h2>How it is checked</h2>
 *
 * As {@code eps -> 0} the method is the gradient flow: population steps of 1/500 until t = 40 leave at most {@code 1e-4 |B|^2} (zero
 * eigenvalues decay like {@code 1/(16 t)} only: {@code 2 N (1/640)^2}). With finite steps, L being evaluated exactly: at
 * t = 8 and eps = 1/4000 the excess exceeds 1/4, a fiftieth of {@code |f*|^2}, with probability at most 1/10; and its average over
 * {@code 4 <= t <= 8} falls like eps. With more neurons than dimensions every sample can be fitted, and the noise vanishes too. A run that
 * diverges counts as a failure; with quartic losses there are such runs for any eps, ever rarer ones.
 *
 * <h2>Falsifiers</h2>
 *
 * Starts without a density: {@code W_0 = 0} and neurons that are parallel; steps that are too long; an indefinite B with the infimum over
 * second layers of either sign; exponents 1/2 and 3/2; three neurons for as many as needed.
 */
class StochasticGradientLimitClaims {
    private static final int D = 5;

    /** The eigenvalues of B and the number of neurons. */
    enum Spectrum {
        SEPARATED(2, 2, 1.5, 0.8, 0.4, 0.1),
        REPEATED(2, 1.5, 1, 1, 1, 0.5),
        IDENTITY(3, 1, 1, 1, 1, 1),
        ONE_NEURON(1, 2, 1.5, 0.8, 0.4, 0.1),
        AS_MANY_AS_DIMENSIONS(5, 2, 1.5, 0.8, 0.4, 0.3),
        MORE_THAN_RANK(4, 2, 1, 0, 0, 0),
        MORE_THAN_DIMENSIONS(7, 2, 1.5, 0.8, 0.4, 0.1);

        private final int neurons;
        private final double[] values;

        Spectrum(int neurons, double... values) {
            this.neurons = neurons;
            this.values = values;
        }
    }

    @Provide
    Arbitrary<Spectrum> spectra() {
        return Arbitraries.of(Spectrum.values());
    }

    private enum Start {
        RANDOM,
        PARALLEL,
        ZERO;

        DMatrixRMaj weights(int n, RandomStream stream) {
            DMatrixRMaj weights = PointLaw.GAUSSIAN.rows(n, D, stream);
            CommonOps_DDRM.scale(0.5, weights);
            for (int k = D; this == PARALLEL && k < n * D; k++) {
                weights.data[k] = (k / D + 1) * weights.data[k % D] / 2;
            }
            if (this == ZERO) {
                weights.zero();
            }
            return weights;
        }
    }

    /** What is trained, how, and towards which infimum. */
    private record Training(QuadraticTarget target, double infimum, int n, Start start, double eps) {
        static Training of(QuadraticTarget target, int n, double eps) {
            return new Training(target, new QuadraticNetworkLoss(target).infimum(n), n, Start.RANDOM, eps);
        }

        Training from(Start other) {
            return new Training(target, infimum, n, other, eps);
        }

        Training withSteps(double other) {
            return new Training(target, infimum, n, start, other);
        }

        QuadraticNetworkDescent begin(RandomStream stream) {
            return QuadraticNetworkDescent.withFixedSecondLayer(
                    start.weights(n, stream.part("W")),
                    0.1 * stream.part("c").gaussian(),
                    1,
                    new FreshSamples(target, stream.part("samples")));
        }

        double excess(QuadraticNetworkDescent run) {
            return new QuadraticNetworkLoss(target).value(run.weights(), run.offset()) - infimum;
        }

        double excessAt(double t, RandomStream stream) {
            QuadraticNetworkDescent run = begin(stream);
            run.steps((int) Math.round(t / eps), eps);
            return excess(run);
        }

        /** The mean excess at 32 times from 4 to 8. */
        double noise(RandomStream stream) {
            QuadraticNetworkDescent run = begin(stream);
            run.steps((int) Math.round(4 / eps), eps);
            double sum = 0;
            for (int look = 0; look < 32; look++) {
                run.steps((int) Math.round(0.125 / eps), eps);
                sum += excess(run) / 32;
            }
            return sum;
        }
    }

    @Claim(
            id = "G19.thm3",
            statement =
                    "\\lim_{t \\to \\infty} \\lim_{\\varepsilon \\to 0} P\\big(|L(W_{t/\\varepsilon}, c_{t/\\varepsilon}) - \\inf L|"
                            + " \\ge \\delta\\big) = 0 \\quad \\text{for all } \\delta > 0",
            hypotheses =
                    "$B \\succeq 0$, $(W_0, c_0)$ with a density, $d$ and $N$ fixed; here also: the excess at finite $\\varepsilon$ is "
                            + "of order $\\varepsilon$",
            instances = 3)
    void stochasticGradientDescentReachesTheLeastRisk(@ForAll("spectra") Spectrum spectrum, ClaimRun run) {
        run.covers(spectrum.toString());
        DMatrixRMaj basis = OrthonormalRows.draw(D, D, run.stream().part("basis"));
        QuadraticTarget separated = target(basis, Spectrum.SEPARATED.values);
        Training own =
                Training.of(new QuadraticTarget(target(basis, spectrum.values).matrix(), 0.5), spectrum.neurons, 0.002);
        run.check("gradient flow", own, StochasticGradientLimitClaims::flow)
                .falsifiedBy("W_0 = 0", own.from(Start.ZERO));
        QuadraticTarget indefinite = target(basis, 2, -1.5, 0.8, 0.4, 0.1);
        Training two = Training.of(separated, 2, 0.002);
        run.check("gradient flow, two neurons", two, StochasticGradientLimitClaims::flow)
                .falsifiedBy("parallel neurons", two.from(Start.PARALLEL))
                .falsifiedBy(
                        "indefinite B, best second layer",
                        new Training(indefinite, NetworkRisk.of(indefinite, 2), 2, Start.RANDOM, 0.002));

        Training fine = two.withSteps(1.0 / 4000);
        run.check(
                        "small steps",
                        fine,
                        (form, lab) -> lab.failsAtMost(0.1, stream -> !(Math.abs(form.excessAt(8, stream)) < 0.25)))
                .falsifiedBy("W_0 = 0", fine.from(Start.ZERO))
                .falsifiedBy("parallel neurons", fine.from(Start.PARALLEL))
                .falsifiedBy("steps of 1/250", fine.withSteps(1.0 / 250));
        Training seven = Training.of(separated, 7, 1.0 / 2000);
        run.check(
                        "small steps, more neurons than dimensions",
                        seven,
                        (form, lab) -> lab.failsAtMost(
                                0.1, stream -> !(Math.abs(form.excessAt(10, stream) + form.infimum) < 0.1)))
                .falsifiedBy("three neurons", Training.of(separated, 3, 1.0 / 2000));

        double[] sizes = {1.0 / 8000, 1.0 / 2000};
        Map<Long, double[]> drawn = new ConcurrentHashMap<>();
        run.check(
                        "order of the excess",
                        1.0,
                        (exponent, lab) -> Rate.perReplicate(exponent, 0.25, sizes)
                                .decide(
                                        index -> drawn.computeIfAbsent(
                                                index,
                                                i -> noises(
                                                        two, sizes, lab.stream().trial(i))),
                                        lab.terms()))
                .falsifiedBy("eps^(1/2)", 0.5)
                .falsifiedBy("eps^(3/2)", 1.5);
        run.note("At any step size some runs diverge: the loss grows like the fourth power of the weights.");
    }

    private static double[] noises(Training training, double[] sizes, RandomStream stream) {
        double[] noises = new double[sizes.length];
        for (int j = 0; j < sizes.length; j++) {
            noises[j] = training.withSteps(sizes[j]).noise(stream.part("eps = " + sizes[j]));
        }
        return noises;
    }

    /** The centred target {@code Q^T diag(values) Q}. */
    private static QuadraticTarget target(DMatrixRMaj basis, double... values) {
        DMatrixRMaj scaled = basis.copy();
        CommonOps_DDRM.multRows(values, scaled);
        DMatrixRMaj product = LinearAlgebra.productTransA(basis, scaled);
        DMatrixRMaj b = CommonOps_DDRM.add(product, CommonOps_DDRM.transpose(product, null), null);
        CommonOps_DDRM.scale(0.5, b);
        return QuadraticTarget.centred(b);
    }

    private static Decision flow(Training training, Lab lab) {
        QuadraticNetworkLoss loss = new QuadraticNetworkLoss(training.target);
        DMatrixRMaj weights = training.start.weights(training.n, lab.stream().part("W"));
        double c = 0.1 * lab.stream().part("c").gaussian();
        for (int k = 0; k < 40 / training.eps; k++) {
            DMatrixRMaj gradient = loss.weightGradient(weights, c);
            c -= training.eps * loss.offsetDerivative(weights, c);
            CommonOps_DDRM.addEquals(weights, -training.eps, gradient);
        }
        return Comparison.equal(
                loss.value(weights, c),
                training.infimum,
                1e-4 * training.target.frobeniusSquared(),
                "1e-4 |B|^2 at t = 40");
    }
}
