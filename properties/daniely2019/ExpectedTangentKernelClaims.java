package daniely2019;

import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import org.ejml.data.DMatrixRMaj;
import org.lemmalab.activation.Activation;
import org.lemmalab.activation.DecentActivation;
import org.lemmalab.claim.Claim;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.claim.Lab;
import org.lemmalab.feature.RandomEmbedding;
import org.lemmalab.feature.TangentFeatureScheme;
import org.lemmalab.kernel.DualActivation;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.network.Initialization;
import org.lemmalab.network.TwoLayerNetwork;
import org.lemmalab.random.OrthonormalRows;
import org.lemmalab.random.RandomStream;
import org.lemmalab.stats.Assumption;
import org.lemmalab.stats.Assumption.Bounded;
import org.lemmalab.stats.Assumption.SecondMoment;
import org.lemmalab.stats.Comparison;
import org.lemmalab.stats.Decision;

/**
 * The mean of the tangent kernel at initialization: an inner product kernel given by dual activations.
 *
 * <h2>Source</h2>
 *
 * D19 (1), section 2.5 ('Taking expectation'), section 2.6 after (3), appendix A.2. (1) prints a comma in place of a product and {@code N(I, 0)}.
 *
 * <h2>Statement</h2>
 *
 * With {@code F(rho) = E s(X) s(Y)} and {@code F'(rho) = E s'(X) s'(Y)}, X and Y standard normal with correlation rho, and
 * {@code rho = <x, y>} for unit x and y,
 *
 * <pre>{@code
 * E tk_W(x, y) = rho F'(rho) + F(rho) / B^2   for every d and q,    F' is the derivative of F
 * E <psi(w, x), psi(w, y)> = E k_omega(x, y) = rho F'(rho)          for psi(w, x) = s'(<w, x>) x
 * }</pre>
 *
 * <h2>Instances</h2>
 *
 * Ten activations; pairs of points with correlation -0.5, 0.5 and 0.8 in a random plane of {@code R^d}, d from 2 to 20, q from 1 to 5, B from 0.3
 * to 30.
 *
 * <h2>How it is checked</h2>
 *
 * Means of drawn kernels against dual activations by quadrature, which the closed forms of four activations confirm to 1e-9. The hidden part
 * lies in {@code [-C^2, C^2]}, {@code C = sup |s'|}, and is told apart by a tenth of its mean. For the output part ReLU has nonnegative
 * products with second moment at most {@code E X^4 / 2 = 1.5}, and bounded activations have products of at most 1; {@code 0.03 / B^2} is told
 * apart. That averages of q terms have a q-th of the variance is tested on ReLU at rho = 0.8, where a term is 0 or rho with
 * {@code F'(rho) = 0.398}, so that squared deviations are at most {@code rho^2}. The derivative of F against a central difference of step
 * {@code e = 1e-3}: third derivatives of at most 6 for {@code |rho| <= 0.8} give {@code e^2}, and quadrature to 1e-10 gives {@code 2e-7}.
 *
 * <h2>Falsifiers</h2>
 *
 * No factor rho; twice and 1.3 times the value ({@code q B^2} for {@code 2 q B^2}); B for {@code B^2}; a variance that falls like
 * {@code 1/sqrt(q)}; F' off by a tenth.
 */
class ExpectedTangentKernelClaims {
    private static final List<Double> ANGLES = List.of(-0.5, 0.5, 0.8);

    /** Two unit points at correlation rho, and a network's sizes. */
    record Pair(DecentActivation activation, double rho, int d, int q, double scale, long seed) {
        /** The points, 2 x d, in a random plane. */
        DMatrixRMaj points() {
            DMatrixRMaj plane = OrthonormalRows.draw(2, d, RandomStream.of(seed, "ExpectedTangentKernelClaims"));
            DMatrixRMaj points = plane.copy();
            double rest = Math.sqrt((1 - rho) * (1 + rho));
            for (int k = 0; k < d; k++) {
                points.set(1, k, rho * plane.get(0, k) + rest * plane.get(1, k));
            }
            return points;
        }

        TwoLayerNetwork draw(RandomStream stream) {
            return Initialization.paired(q, d, scale, activation, stream);
        }

        /** {@code rho F'(rho)}. */
        double hiddenMean() {
            return rho * dualOfDerivative();
        }

        double dualOfDerivative() {
            return DualActivation.ofDerivative(activation).at(rho);
        }

        double largest() {
            return activation.lipschitz() * activation.lipschitz();
        }

        Pair cover(ClaimRun run) {
            run.covers(activation.name()).covers("rho = " + rho);
            return this;
        }
    }

    @Provide
    Arbitrary<Pair> pairs() {
        return pairsWith(new PairedNetwork.Any().get().map(PairedNetwork::activation));
    }

    @Provide
    Arbitrary<Pair> nonnegativeOrBounded() {
        return pairsWith(Arbitraries.of(
                        DecentActivation.RELU,
                        DecentActivation.TANH,
                        DecentActivation.ERF,
                        DecentActivation.SIGMOID,
                        DecentActivation.SINE,
                        DecentActivation.HARD_TANH))
                .map(pair -> new Pair(pair.activation, Math.abs(pair.rho), pair.d, pair.q, pair.scale, pair.seed));
    }

    private static Arbitrary<Pair> pairsWith(Arbitrary<DecentActivation> activations) {
        return Combinators.combine(
                        activations,
                        Arbitraries.of(ANGLES),
                        Arbitraries.integers().between(2, 20),
                        Arbitraries.integers().between(1, 5),
                        Arbitraries.of(0.3, 3.0, 30.0),
                        Arbitraries.longs().between(0, 1_000_000))
                .as(Pair::new);
    }

    /** The claimed mean, from rho and {@code F'(rho)}. */
    private static final DoubleBinaryOperator PRODUCT = (rho, dual) -> rho * dual;

    @Claim(
            id = "D19.sec1-k-expect",
            statement =
                    "\\mathbb E_W \\frac{\\langle \\Psi_{W,u}(x), \\Psi_{W,u}(y)\\rangle}{2qB^2} = \\langle x,y\\rangle\\,"
                            + "\\mathbb E_{w\\sim N(0,I)}\\,\\sigma'(\\langle w,x\\rangle)\\,\\sigma'(\\langle w,y\\rangle)",
            hypotheses = "$(W, u) \\sim \\mathcal I(d, q, B)$, unit $x, y$")
    void hiddenKernelHasTheDualActivationAsItsMean(@ForAll("pairs") Pair pair, ClaimRun run) {
        pair.cover(run);
        run.note("(1) prints a comma between the two factors and N(I, 0); a product and N(0, I) are meant.");
        DMatrixRMaj points = pair.points();
        run.check(
                        "mean",
                        PRODUCT,
                        (form, lab) -> mean(lab, pair, form, stream -> {
                            DMatrixRMaj features = pair.draw(stream).weightFeatures(points);
                            return inner(features) / (2 * pair.q() * pair.scale() * pair.scale());
                        }))
                .falsifiedBy("q B^2 for 2 q B^2", (rho, dual) -> 2 * rho * dual)
                .falsifiedBy("1.3 times", (rho, dual) -> 1.3 * rho * dual);
    }

    @Claim(
            id = "D19.eq3-ntk",
            statement =
                    "\\mathbb E_w \\langle \\sigma'(\\langle w,x\\rangle)x, \\sigma'(\\langle w,y\\rangle)y\\rangle = \\mathrm{tk}^h_\\sigma(x, y)",
            hypotheses = "$w \\sim N(0, I_d)$, unit $x, y$")
    void tangentFeaturesAreAFeatureSchemeOfTheirKernel(@ForAll("pairs") Pair pair, ClaimRun run) {
        pair.cover(run);
        DMatrixRMaj points = pair.points();
        TangentFeatureScheme scheme = new TangentFeatureScheme(pair.activation(), pair.d());
        run.check(
                        "mean",
                        PRODUCT,
                        (form, lab) -> mean(
                                lab, pair, form, stream -> inner(scheme.features(scheme.draw(1, stream), 0, points))))
                .falsifiedBy("without the inner product", (rho, dual) -> dual)
                .falsifiedBy("1.3 times", (rho, dual) -> 1.3 * rho * dual);
    }

    @Claim(
            id = "D19.A2-kw-unbiased",
            statement =
                    "\\mathbb E\\,k_\\omega(x, y) = k(x, y), \\qquad \\operatorname{Var} k_\\omega(x, y) = \\tfrac1q \\operatorname{Var}"
                            + " \\langle \\psi(\\omega, x), \\psi(\\omega, y)\\rangle",
            hypotheses = "$k_\\omega$ averages $q$ independent terms; the tangent scheme")
    void embeddingKernelsAverageIndependentTerms(@ForAll("pairs") Pair pair, ClaimRun run) {
        pair.cover(run);
        int q = pair.q() + 1;
        DMatrixRMaj points = pair.points();
        TangentFeatureScheme scheme = new TangentFeatureScheme(pair.activation(), pair.d());
        run.check(
                        "mean",
                        PRODUCT,
                        (form, lab) -> mean(
                                lab,
                                pair,
                                form,
                                stream -> inner(
                                        RandomEmbedding.draw(scheme, q, stream).features(points))))
                .falsifiedBy("without 1/q, q >= 2", (rho, dual) -> q * rho * dual)
                .falsifiedBy("1.3 times", (rho, dual) -> 1.3 * rho * dual);
        Pair relu = new Pair(DecentActivation.RELU, 0.8, pair.d(), q, 1, pair.seed());
        DMatrixRMaj near = relu.points();
        TangentFeatureScheme indicators = new TangentFeatureScheme(relu.activation(), pair.d());
        double expected = relu.hiddenMean();
        double variance = square(relu.rho()) * relu.dualOfDerivative() * (1 - relu.dualOfDerivative()) / q;
        run.check(
                        "variance for ReLU at rho = 0.8",
                        1.0,
                        (factor, lab) -> lab.meanEquals(
                                factor * variance,
                                0.1 * variance,
                                new Bounded(0, square(relu.rho()) * (1 + 1e-12)),
                                stream -> square(inner(RandomEmbedding.draw(indicators, q, stream)
                                                .features(near))
                                        - expected)))
                .falsifiedBy("1/sqrt(q) for 1/q", Math.sqrt(q))
                .falsifiedBy("1.3/q", 1.3);
    }

    @Claim(
            id = "D19.tk-expect",
            statement =
                    "\\mathbb E\\,\\mathrm{tk}_W(x, y) = \\rho\\,\\widehat{\\sigma'}(\\rho) + \\frac{\\hat\\sigma(\\rho)}{B^2}, \\qquad \\rho = \\langle x, y\\rangle",
            hypotheses = "$(W, u) \\sim \\mathcal I(d, q, B)$, unit $x, y$")
    void meanOfTheTangentKernelIsGivenByDualActivations(@ForAll("nonnegativeOrBounded") Pair pair, ClaimRun run) {
        pair.cover(run);
        DMatrixRMaj points = pair.points();
        run.check(
                        "hidden part",
                        PRODUCT,
                        (form, lab) -> mean(lab, pair, form, stream -> {
                            DMatrixRMaj features = pair.draw(stream).weightFeatures(points);
                            return inner(features) / (2 * pair.q() * pair.scale() * pair.scale());
                        }))
                .falsifiedBy("without the factor rho", (rho, dual) -> dual);
        double dual = DualActivation.of(pair.activation()).at(pair.rho());
        double square = pair.scale() * pair.scale();
        Assumption law = pair.activation().equals(DecentActivation.RELU)
                ? new SecondMoment(1.5 / (square * square))
                : new Bounded(-1.1 / square, 1.1 / square);
        run.check(
                        "output part",
                        1.0,
                        (factor, lab) -> lab.meanEquals(
                                Math.min(factor * dual, 1) / square,
                                0.03 / square,
                                law,
                                stream -> inner(pair.draw(stream).outputFeatures(points)) / (2 * pair.q() * square)))
                .falsifiedBy("1/B for 1/B^2", pair.scale())
                .falsifiedBy("q for 2 q", 2.0);
        run.check(
                        "closed forms",
                        1.0,
                        (factor, lab) -> closedForms(
                                factor,
                                DualActivation::of,
                                pair.rho(),
                                rho -> (Math.sqrt(1 - rho * rho) + rho * (Math.PI - Math.acos(rho))) / (2 * Math.PI),
                                rho -> 2 / Math.PI * Math.asin(2 * rho / 3),
                                rho -> Math.sinh(rho) / Math.E,
                                rho -> 2 / Math.PI * (Math.sqrt(1 - rho * rho) + rho * Math.asin(rho))))
                .falsifiedBy("1.001 times", 1.001);
    }

    /** Closed forms of the duals of ReLU, erf, sin and the absolute value against the quadrature. */
    private static Decision closedForms(
            double factor, Function<Activation, DualActivation> dual, double rho, DoubleUnaryOperator... forms) {
        DecentActivation[] four = {
            DecentActivation.RELU, DecentActivation.ERF, DecentActivation.SINE, DecentActivation.ABSOLUTE_VALUE
        };
        return Comparison.equal(
                Arrays.stream(four).mapToDouble(s -> dual.apply(s).at(rho)).toArray(),
                Arrays.stream(forms)
                        .mapToDouble(form -> factor * form.applyAsDouble(rho))
                        .toArray(),
                1e-9,
                "quadrature to 1e-10 each, arithmetic below it");
    }

    @Claim(
            id = "D19.tk-depends",
            statement =
                    "\\mathbb E\\,\\mathrm{tk}^h_W(x, y) \\text{ depends on } \\sigma \\text{ and } \\langle x, y\\rangle \\text{ alone}",
            hypotheses = "the same in $(d, q) = (2, 1), (5, 3), (50, 7)$",
            instances = 10)
    void meanDependsOnTheAngleAlone(@ForAll("pairs") Pair pair, ClaimRun run) {
        pair.cover(run);
        int[][] sizes = {{2, 1}, {5, 3}, {50, 7}};
        for (int[] size : sizes) {
            Pair resized = new Pair(pair.activation(), pair.rho(), size[0], size[1], pair.scale(), pair.seed());
            DMatrixRMaj points = resized.points();
            run.check(
                            "d = " + size[0] + ", q = " + size[1],
                            PRODUCT,
                            (form, lab) -> mean(lab, resized, form, stream -> {
                                DMatrixRMaj features = resized.draw(stream).weightFeatures(points);
                                return inner(features) / (2 * size[1] * pair.scale() * pair.scale());
                            }))
                    .falsifiedBy("1.3 times", (rho, dual) -> 1.3 * rho * dual)
                    .falsifiedBy("times (d + 1)/(2 d)", (rho, dual) -> (size[0] + 1) / (2.0 * size[0]) * rho * dual);
        }
    }

    @Claim(
            id = "D19.dual-derivative",
            statement = "\\frac{d}{d\\rho}\\,\\hat\\sigma(\\rho) = \\mathbb E\\,\\sigma'(X)\\,\\sigma'(Y)",
            hypotheses = "$|\\rho| < 1$; here $|\\rho| \\le 0.8$",
            instances = 30)
    void dualOfTheDerivativeIsTheDerivativeOfTheDual(@ForAll("pairs") Pair pair, ClaimRun run) {
        run.covers(pair.activation().name());
        double rho = pair.rho();
        double step = 1e-3;
        DualActivation dual = DualActivation.of(pair.activation());
        double difference = (dual.at(rho + step) - dual.at(rho - step)) / (2 * step);
        run.check(
                        "derivative",
                        1.0,
                        (factor, lab) -> Comparison.equal(
                                difference,
                                factor
                                        * DualActivation.ofDerivative(pair.activation())
                                                .at(rho),
                                step * step + 2e-10 / step,
                                "|F'''| e^2 / 6 with |F'''| <= 6, and 2e-10 / e of quadrature"))
                .falsifiedBy("twice", 2.0)
                .falsifiedBy("1.1 times", 1.1);
        run.check(
                        "closed forms",
                        1.0,
                        (factor, lab) -> closedForms(
                                factor,
                                DualActivation::ofDerivative,
                                rho,
                                t -> (Math.PI - Math.acos(t)) / (2 * Math.PI),
                                t -> 4 / Math.PI / Math.sqrt(9 - 4 * t * t),
                                t -> Math.cosh(t) / Math.E,
                                t -> 2 / Math.PI * Math.asin(t)))
                .falsifiedBy("1.001 times", 1.001);
    }

    private static Decision mean(Lab lab, Pair pair, DoubleBinaryOperator form, ToDoubleFunction<RandomStream> kernel) {
        double bound = pair.largest() * (1 + 1e-12);
        double target = form.applyAsDouble(pair.rho(), pair.dualOfDerivative());
        double within = 0.1 * Math.abs(pair.hiddenMean());
        double reach = Math.max(bound, Math.abs(target) + 2 * within);
        return lab.meanEquals(target, within, new Bounded(-reach, reach), kernel);
    }

    private static double inner(DMatrixRMaj twoRows) {
        int k = twoRows.numCols;
        return LinearAlgebra.dot(twoRows.data, 0, twoRows.data, k, k);
    }

    private static double square(double value) {
        return value * value;
    }
}
