package ghorbani2019;

import ghorbani2019.SmallMixture.Levels;
import ghorbani2019.SmallMixture.Neurons;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.lemmalab.claim.Claim;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.data.GaussianMixture;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.linalg.SymmetricEigen;
import org.lemmalab.random.PointLaw;
import org.lemmalab.random.RandomStream;
import org.lemmalab.risk.MixtureNetworkLoss;
import org.lemmalab.risk.NetworkRisk;
import org.lemmalab.risk.TangentRisk;
import org.lemmalab.stats.Comparison;
import org.lemmalab.stats.Decision;
import org.lemmalab.stats.Rate;

/**
 * The least risk of quadratic networks on a mixture is that of the largest singular values of {@code Delta~}.
 *
 * <h2>Source</h2>
 *
 * G19, Theorem 6 and the third row of (17).
 *
 * <h2>Statement</h2>
 *
 * For {@code f = c + sum_i a_i (w_i . x)^2} with everything free, and the eigenvalues {@code l_i} of
 * {@code Delta~ = Sigma^(-1/2) Delta Sigma^(-1/2)} by falling modulus,
 *
 * <pre>{@code
 * R_NN = 2 / (2 + sum_(i <= N, d) l_i^2) + o(1);      N >= d:  R_NN = 1 / (1 + |Delta~|_F^2 / 2) + o(1)
 * at every d:  R_NN = 2 / (2 + S),  S = sum_(i <= N, d) l_i^2 / (1 + l_i^2)
 * }</pre>
 *
 * <h2>Instances</h2>
 *
 * Dense mixtures in up to 4 dimensions with Delta of either sign, indefinite, singular and a multiple of Sigma ({@link SmallMixture}); and
 * the families of {@link MixtureFamily} with {@code d = 48} to 384.
 *
 * <h2>How it is checked</h2>
 *
 * At finite d in both directions: the network {@code w_i = Sigma^(-1/2) v_i}, {@code a_i = -l_i / ((2 + S)(1 + l_i^2))},
 * {@code c = -sum_i a_i} has the risk {@code 2 / (2 + S)}, by the closed formula of the risk ({@link MixtureNetworkLoss}); and projected
 * gradient descents over matrices of rank N from random starts find none lower. Tolerance: the sums have less than 1000 terms of
 * modulus at most 4, Sigma's condition is below 7: {@code 1000 * 4 * 7 u < 1e-11}. For the limit, the difference of the exact risk and the
 * formula must fall like 1/d: it is {@code 2 sum l_i^4 / (2 + sum l_i^2)^2} up to a factor {@code 1 + O(1/d)}, which moves
 * the exponent by less than {@code log(1 + 5.5/48) / log 4 = 0.08}, as {@code l_1^2 <= 5.5/d}.
 *
 * <h2>Falsifiers</h2>
 *
 * The limit at finite d; eigenvalues in the order of their signed values; second layers of one sign; 1 in place of 2; without whitening; a
 * neuron less; other exponents.
 */
class MixtureNetworkClaims {
    private static final double ROUNDING = 1e-11;
    private static final String ROUNDINGS = "1000 terms of at most 4, condition 7, u = 1.1e-16";

    /** Mixtures on which every falsifier shows. */
    private static final List<SmallMixture> NAMED = List.of(
            new SmallMixture(4, 2, Levels.INDEFINITE, 0.9, Neurons.GAUSSIAN, 1),
            new SmallMixture(3, 1, Levels.NEGATIVE, 0.9, Neurons.GAUSSIAN, 2),
            new SmallMixture(3, 2, Levels.POSITIVE, 0.5, Neurons.GAUSSIAN, 3),
            new SmallMixture(3, 3, Levels.CONSTANT, 0.7, Neurons.GAUSSIAN, 4));

    @Provide
    Arbitrary<SmallMixture> mixtures() {
        return SmallMixture.any(4, Levels.values());
    }

    /** The risk of a mixture for N neurons. */
    private interface Form {
        double risk(GaussianMixture mixture, int n);
    }

    /** A formula, and the exponent at which the exact risk tends to it. */
    private record Approach(Form formula, double exponent) {}

    @Claim(
            id = "G19.thm6",
            statement =
                    "R_{\\mathrm{NN},N} = \\frac{2}{2 + \\sum_{i=1}^{N \\wedge d} \\lambda_i(\\tilde\\Delta)^2} + o_d(1),"
                            + " \\qquad \\tilde\\Delta = \\Sigma^{-1/2} \\Delta \\Sigma^{-1/2}",
            hypotheses =
                    "$\\sigma(z) = z^2$, M1, M2, $\\lambda_i$ the singular values, descending; here the difference goes like $1/d$, and"
                            + " at every $d$ the risk has $\\lambda_i^2/(1 + \\lambda_i^2)$ in place of $\\lambda_i^2$")
    void trainedNetworksReachTheLargestSingularValues(@ForAll("mixtures") SmallMixture drawn, ClaimRun run) {
        drawn.cover(run);
        List<SmallMixture> mixtures = with(drawn, NAMED);
        double[] least = mixtures.stream()
                .mapToDouble(mixture -> leastRisk(mixture, run.stream()))
                .toArray();
        run.check(
                        "least risk at finite d",
                        (Form) NetworkRisk::of,
                        (form, lab) -> Comparison.equal(
                                least,
                                mixtures.stream()
                                        .mapToDouble(m -> form.risk(m.mixture(), m.n()))
                                        .toArray(),
                                ROUNDING,
                                ROUNDINGS))
                .falsifiedBy("the limit", NetworkRisk::limit)
                .falsifiedBy(
                        "largest eigenvalues, with their signs",
                        (m, n) -> 2 / (2 + sumOfFirst(m, n, MixtureNetworkClaims::share)))
                .falsifiedBy("second layers a_i >= 0", MixtureNetworkClaims::withPositiveSecondLayer);
        run.check(
                        "approach of the limit",
                        new Approach(NetworkRisk::limit, -1),
                        (form, lab) -> approaches(form, MixtureFamily.values(), run, 0.25, 0.5, 1))
                .falsifiedBy(
                        "largest eigenvalues, with their signs",
                        new Approach((m, n) -> 2 / (2 + signedSquares(m, n)), -1))
                .falsifiedBy("1 in place of 2", new Approach((m, n) -> 1 / (1 + squares(m.whitened(), n)), -1))
                .falsifiedBy("not whitened", new Approach((m, n) -> 2 / (2 + squares(m.delta(), n)), -1))
                .falsifiedBy("like d^-3/2", new Approach(NetworkRisk::limit, -1.5))
                .falsifiedBy("like d^-3/4", new Approach(NetworkRisk::limit, -0.75));
    }

    @Claim(
            id = "G19.thm6-rho1",
            statement =
                    "N \\ge d: \\quad R_{\\mathrm{NN},N} = R_{\\mathrm{NT},N} = \\frac{1}{1 + \\|\\tilde\\Delta\\|_F^2/2} + o_d(1)",
            hypotheses = "$\\sigma(z) = z^2$, M1, M2, weights of NT of rank $d$; the two risks are equal at every $d$",
            instances = 3)
    void wideNetworksReachAllOfDelta(@ForAll("mixtures") SmallMixture drawn, ClaimRun run) {
        drawn.cover(run);
        run.note("The theorem's display is labelled with Sigma = I; it is checked for general Sigma, with Delta~.");
        List<SmallMixture> mixtures = with(drawn, NAMED).stream()
                .map(m -> new SmallMixture(m.d(), m.d() + m.n() - 1, m.levels(), m.size(), Neurons.GAUSSIAN, m.seed()))
                .toList();
        double[] tangent = mixtures.stream()
                .mapToDouble(m -> TangentRisk.of(m.mixture(), m.weights()))
                .toArray();
        run.check(
                        "NT and NN",
                        (Form) NetworkRisk::of,
                        (form, lab) -> Comparison.equal(
                                tangent,
                                mixtures.stream()
                                        .mapToDouble(m -> form.risk(m.mixture(), m.n()))
                                        .toArray(),
                                ROUNDING,
                                ROUNDINGS))
                .falsifiedBy("d - 1 neurons in NN", (m, n) -> NetworkRisk.of(m, m.dimension() - 1))
                .falsifiedBy("NN below NT by 1%", (m, n) -> 0.99 * NetworkRisk.of(m, n));
        run.check(
                        "approach of the limit",
                        new Approach((m, n) -> 1 / (1 + whitenedSquare(m) / 2), -1),
                        (form, lab) -> approaches(form, MixtureFamily.values(), run, 1, 1.5))
                .falsifiedBy("without the half", new Approach((m, n) -> 1 / (1 + whitenedSquare(m)), -1))
                .falsifiedBy(
                        "not whitened",
                        new Approach((m, n) -> 1 / (1 + LinearAlgebra.dot(m.delta().data, m.delta().data) / 2), -1))
                .falsifiedBy("like d^-3/2", new Approach((m, n) -> 1 / (1 + whitenedSquare(m) / 2), -1.5));
    }

    @Claim(
            id = "G19.eq17-nn",
            statement =
                    "R_{\\mathrm{NN},N} \\approx \\frac{1}{1 + \\sum_{i=1}^{N \\wedge d} \\lambda_i(\\Delta)^2 / 2}, \\qquad \\Sigma = I",
            hypotheses =
                    "$\\sigma(z) = z^2$, M2, $\\lambda_i$ the singular values; here the difference goes like $1/d$",
            instances = 3)
    void rowOfTrainedNetworksIsTheirTheorem(@ForAll("mixtures") SmallMixture drawn, ClaimRun run) {
        drawn.cover(run);
        List<SmallMixture> mixtures = with(drawn, NAMED);
        Form claimed = (m, n) -> 1 / (1 + squares(m.delta(), n) / 2);
        Form signed = (m, n) -> 1 / (1 + signedSquares(m, n) / 2);
        Form withoutHalf = (m, n) -> 1 / (1 + squares(m.delta(), n));
        run.check(
                        "Theorem 6 for Sigma = I",
                        claimed,
                        (form, lab) -> Comparison.equal(
                                mixtures.stream()
                                        .mapToDouble(m -> NetworkRisk.limit(isotropic(m), m.n()))
                                        .toArray(),
                                mixtures.stream()
                                        .mapToDouble(m -> form.risk(isotropic(m), m.n()))
                                        .toArray(),
                                ROUNDING,
                                ROUNDINGS))
                .falsifiedBy("largest eigenvalues, with their signs", signed)
                .falsifiedBy("without the half", withoutHalf)
                .falsifiedBy("a neuron less", (m, n) -> 1 / (1 + squares(m.delta(), n - 1) / 2));
        run.check(
                        "approach of the exact risk",
                        new Approach(claimed, -1),
                        (form, lab) -> approaches(form, MixtureFamily.ISOTROPIC, run, 0.25, 0.5, 1))
                .falsifiedBy("largest eigenvalues, with their signs", new Approach(signed, -1))
                .falsifiedBy("without the half", new Approach(withoutHalf, -1))
                .falsifiedBy("like d^-1/2", new Approach(claimed, -0.5));
    }

    private static List<SmallMixture> with(SmallMixture drawn, List<SmallMixture> named) {
        List<SmallMixture> all = new ArrayList<>(named);
        all.add(drawn);
        return all;
    }

    /** Decides for each family and ratio that the exact risk less the formula goes like a power of d. */
    private static Decision approaches(Approach form, MixtureFamily[] families, ClaimRun run, double... ratios) {
        int largest = run.size("largest dimension", 192, 192, 384);
        double[] sizes = {largest / 4.0, largest / 2.0, largest};
        List<Decision> decisions = new ArrayList<>();
        for (MixtureFamily family : families) {
            List<GaussianMixture> mixtures =
                    Arrays.stream(sizes).mapToObj(d -> family.of((int) d)).toList();
            for (double ratio : ratios) {
                double[] gaps = mixtures.stream()
                        .mapToDouble(m -> {
                            int n = (int) (ratio * m.dimension());
                            return Math.abs(NetworkRisk.of(m, n) - form.formula.risk(m, n));
                        })
                        .toArray();
                decisions.add(Rate.exact(form.exponent, 0.1, sizes, gaps));
            }
        }
        return Decision.worst(decisions);
    }

    /** The least risk found: of the explicit network, and by descents over matrices of rank N from random starts. */
    private static double leastRisk(SmallMixture instance, RandomStream stream) {
        GaussianMixture mixture = instance.mixture();
        double[] l = instance.eigenvalues();
        int n = Math.min(instance.n(), instance.d());
        double explained =
                Arrays.stream(l).limit(n).map(MixtureNetworkClaims::share).sum();
        double[] secondLayer = Arrays.stream(l)
                .limit(n)
                .map(x -> -x / ((2 + explained) * (1 + x * x)))
                .toArray();
        DMatrixRMaj weights = new SmallMixture(
                        instance.d(), n, instance.levels(), instance.size(), Neurons.PRINCIPAL, instance.seed())
                .weights();
        double least = new MixtureNetworkLoss(mixture)
                .value(weights, secondLayer, -DoubleStream.of(secondLayer).sum());
        for (int start = 0; start < 5; start++) {
            DMatrixRMaj rows = PointLaw.GAUSSIAN.rows(instance.d(), instance.d(), stream.trial(start));
            least = Math.min(least, descended(mixture.whitened(), n, symmetricPart(rows)));
        }
        return least;
    }

    /** The lowest {@code (1 + <D, M>)^2 + 2 |M|^2 + 2 tr(D M D M)} on a projected gradient descent over M of rank n. */
    private static double descended(DMatrixRMaj delta, int n, DMatrixRMaj start) {
        double step = 1 / (2 * LinearAlgebra.dot(delta.data, delta.data) + 8);
        DMatrixRMaj m = start;
        double least = Double.POSITIVE_INFINITY;
        for (int k = 0; k < 200; k++) {
            m = truncated(m, n);
            DMatrixRMaj image = LinearAlgebra.product(LinearAlgebra.product(delta, m), delta);
            CommonOps_DDRM.addEquals(image, m);
            double slope = 1 + LinearAlgebra.dot(delta.data, m.data);
            least = Math.min(least, slope * slope + 2 * LinearAlgebra.dot(m.data, image.data));
            CommonOps_DDRM.addEquals(m, -4 * step, image);
            CommonOps_DDRM.addEquals(m, -2 * step * slope, delta);
            m = symmetricPart(m);
        }
        return least;
    }

    /** The n eigenvalues of largest modulus. */
    private static DMatrixRMaj truncated(DMatrixRMaj m, int n) {
        SymmetricEigen eigen = LinearAlgebra.eigen(m);
        double cut = Arrays.stream(eigen.values())
                .map(Math::abs)
                .sorted()
                .skip(m.numRows - n)
                .findFirst()
                .orElseThrow();
        return eigen.apply(value -> Math.abs(value) >= cut ? value : 0);
    }

    private static DMatrixRMaj symmetricPart(DMatrixRMaj m) {
        DMatrixRMaj sum = CommonOps_DDRM.add(m, CommonOps_DDRM.transpose(m, null), null);
        CommonOps_DDRM.scale(0.5, sum);
        return sum;
    }

    private static GaussianMixture isotropic(SmallMixture instance) {
        return new GaussianMixture(
                CommonOps_DDRM.identity(instance.d()), instance.mixture().whitened());
    }

    /** The sum over the first n of the mixture's eigenvalues, descending with their signs. */
    private static double sumOfFirst(GaussianMixture mixture, int n, DoubleUnaryOperator term) {
        return Arrays.stream(mixture.whitenedEigen().values())
                .limit(n)
                .map(term)
                .sum();
    }

    private static double signedSquares(GaussianMixture mixture, int n) {
        return sumOfFirst(mixture, n, l -> l * l);
    }

    private static double share(double l) {
        return l * l / (1 + l * l);
    }

    /** The least risk with {@code a_i >= 0}: {@code Delta~} must be negative where the network is not 0. */
    private static double withPositiveSecondLayer(GaussianMixture mixture, int n) {
        double[] descending = mixture.whitenedEigen().values();
        double sum = 0;
        for (int i = descending.length - 1; i >= Math.max(0, descending.length - n); i--) {
            sum += share(Math.min(descending[i], 0));
        }
        return 2 / (2 + sum);
    }

    /** The sum of the squares of the n largest singular values, from the eigenvalues of the square. */
    private static double squares(DMatrixRMaj delta, int n) {
        double[] squares = LinearAlgebra.eigen(LinearAlgebra.gram(delta)).values();
        return Arrays.stream(squares).limit(n).sum();
    }

    /** {@code |Delta~|_F^2 = tr(Sigma^-1 Delta Sigma^-1 Delta)}. */
    private static double whitenedSquare(GaussianMixture mixture) {
        DMatrixRMaj inverse = LinearAlgebra.cholesky(mixture.sigma()).inverse();
        DMatrixRMaj product = LinearAlgebra.product(inverse, mixture.delta());
        return LinearAlgebra.dot(product.data, CommonOps_DDRM.transpose(product, null).data);
    }
}
