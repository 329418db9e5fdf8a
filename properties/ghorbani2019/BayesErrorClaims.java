package ghorbani2019;

import java.util.function.DoubleUnaryOperator;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.lemmalab.claim.Claim;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.claim.Lab;
import org.lemmalab.data.GaussianMixture;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.numeric.GaussHermite;
import org.lemmalab.random.RandomStream;
import org.lemmalab.risk.BayesRisk;
import org.lemmalab.risk.NetworkRisk;
import org.lemmalab.risk.TangentRisk;
import org.lemmalab.risk.WeightLaw;
import org.lemmalab.stats.Assumption.Bounded;
import org.lemmalab.stats.Comparison;
import org.lemmalab.stats.Decision;

/**
 * The Bayes error of a mixture: its limit, and that networks with quadratic activation stay above it however wide.
 *
 * <h2>Source</h2>
 *
 * G19, the dotted line of Figure 2, for which the paper has no formula; beginning of section 3 and end of its last display: the Bayes error is
 * not achieved by NT or NN.
 *
 * <h2>Statement</h2>
 *
 * With {@code D = Sigma^(-1/2) Delta Sigma^(-1/2)}, {@code s = |D|_F^2/2}, {@code l_i} the eigenvalues of D and L the log-likelihood ratio:
 *
 * <pre>{@code
 * MMSE = 1 - E tanh(L/2)^2  <  R_NN = R_NT = 2/(2 + sum l_i^2/(1 + l_i^2))     for all N >= d
 * as d -> inf:   L -> N(2 y s, 4 s),   MMSE -> 1 - E tanh(s + sqrt(s) G) < 1/(1 + s),   P(error) -> Phi(-sqrt(s))
 * }</pre>
 *
 * The square error of a quadratic function of x is that of a linear function of L in the limit: the channel {@code +-1} with Gaussian noise, whose
 * linear error is {@code 1/(1 + s)}.
 *
 * <h2>Instances</h2>
 *
 * For the gap: s from 1/20 to 30; mixtures in one and two dimensions with {@code |l_i| <= 0.8}; weights of 2 to 6 neurons; the paper's Delta. For
 * the limit: five mixtures, general Sigma and indefinite Delta among them.
 *
 * <h2>How it is checked</h2>
 *
 * In one and two dimensions the MMSE is an integral (Gauss-Hermite rule of 80 nodes for each coordinate in either class). In higher ones points are
 * drawn; the trials are {@code tanh(L/2)^2}, in [0, 1]. Exchanging the classes changes the sign of Delta and no error, so that averages over both
 * have corrections in even powers of {@code d^(-1/2)}: the gap is of order 1/d ({@link RiskLadder}; 64 points are averaged in a draw, whose
 * standard deviation at most {@code 1/16} is a third of the clip).
 *
 * <h2>Falsifiers</h2>
 *
 * {@code s = |D|_F^2}; the linear error {@code 1/(1 + s)} as the limit; {@code Phi(-s)}; a variance of 2s; smaller multiples of the networks' risk;
 * one neuron less than d.
 */
class BayesErrorClaims {
    private static final GaussHermite RULE = GaussHermite.of(80);

    /** Mixtures in few dimensions, and s for the limit. */
    record Small(int d, double s, long seed) {
        RandomStream stream() {
            return RandomStream.of(seed, "BayesErrorClaims");
        }

        /** General Sigma with eigenvalues from 1/4 to 4 or so, and eigenvalues of D up to 0.8 in modulus. */
        GaussianMixture mixture(int dimension) {
            RandomStream stream = stream().part("mixture " + dimension);
            DMatrixRMaj g = DMatrixRMaj.wrap(dimension, dimension, stream.gaussians(dimension * dimension));
            DMatrixRMaj rotation = LinearAlgebra.eigen(symmetric(g)).vectors();
            DMatrixRMaj root = new DMatrixRMaj(dimension, dimension);
            DMatrixRMaj scaled = new DMatrixRMaj(dimension, dimension);
            for (int i = 0; i < dimension; i++) {
                root.set(i, i, stream.uniform(0.5, 2));
                double l = stream.sign() * stream.uniform(0.2, 0.8);
                for (int j = 0; j < dimension; j++) {
                    scaled.set(i, j, l * rotation.get(i, j));
                }
            }
            DMatrixRMaj whitened = symmetric(LinearAlgebra.productTransA(rotation, scaled));
            return new GaussianMixture(
                    LinearAlgebra.product(root, root),
                    symmetric(LinearAlgebra.product(LinearAlgebra.product(root, whitened), root)));
        }
    }

    private static DMatrixRMaj symmetric(DMatrixRMaj m) {
        DMatrixRMaj sum = CommonOps_DDRM.add(m, CommonOps_DDRM.transpose(m, null), null);
        CommonOps_DDRM.scale(0.5, sum);
        return sum;
    }

    @Provide
    Arbitrary<Small> small() {
        return Combinators.combine(
                        Arbitraries.integers().between(2, 6),
                        Arbitraries.doubles().between(0.05, 30),
                        Arbitraries.longs().between(0, 1_000_000))
                .as(Small::new);
    }

    @Provide
    Arbitrary<MixtureFamily> families() {
        return Arbitraries.of(MixtureFamily.values());
    }

    /** {@code 1 - E tanh(L/2)^2} in one or two dimensions, by quadrature. */
    private static double leastSquareError(GaussianMixture mixture) {
        BayesRisk bayes = new BayesRisk(mixture);
        double explained = 0;
        for (DMatrixRMaj covariance : new DMatrixRMaj[] {mixture.covarianceOfPlus(), mixture.covarianceOfMinus()}) {
            DMatrixRMaj nodes = nodes(mixture.dimension());
            double[] ratios = bayes.logLikelihoodRatios(
                    LinearAlgebra.product(nodes, LinearAlgebra.eigen(covariance).apply(Math::sqrt)));
            for (int i = 0; i < ratios.length; i++) {
                double mean = Math.tanh(ratios[i] / 2);
                explained += weight(i, mixture.dimension()) * mean * mean / 2;
            }
        }
        return 1 - explained;
    }

    private static DMatrixRMaj nodes(int d) {
        double[] values = RULE.nodes();
        int n = values.length;
        DMatrixRMaj nodes = new DMatrixRMaj(d == 1 ? n : n * n, d);
        for (int i = 0; i < nodes.numRows; i++) {
            nodes.set(i, 0, values[i % n]);
            if (d == 2) {
                nodes.set(i, 1, values[i / n]);
            }
        }
        return nodes;
    }

    private static double weight(int i, int d) {
        double[] weights = RULE.weights();
        int n = weights.length;
        return weights[i % n] * (d == 2 ? weights[i / n] : 1);
    }

    @Claim(
            id = "G19.bayes-gap",
            statement =
                    "\\mathrm{MMSE} < R_{\\mathrm{NN},N} = R_{\\mathrm{NT},N} = \\frac{2}{2 + \\sum_i \\lambda_i^2/(1 + \\lambda_i^2)}"
                            + "\\ \\text{ for all } N \\ge d,\\qquad 1 - \\mathbb E \\tanh(s + \\sqrt s\\, G) < \\frac{1}{1+s}",
            hypotheses =
                    "$\\sigma(x) = x^2$; $\\lambda_i$ the eigenvalues of $\\tilde\\Delta = \\Sigma^{-1/2}\\Delta\\Sigma^{-1/2}$, not"
                            + " all 0; $s = \\|\\tilde\\Delta\\|_F^2/2 > 0$")
    void wideQuadraticNetworksStayAboveTheBayesError(@ForAll("small") Small drawn, ClaimRun run) {
        run.covers(drawn.s < 1 ? "s < 1" : drawn.s < 5 ? "1 <= s < 5" : "s >= 5");
        String exact = "0: quadrature is exact to a hundredth of the gap";
        DoubleUnaryOperator linear = s -> 1 / (1 + s);
        run.check(
                        "limits",
                        linear,
                        (bound, lab) -> Comparison.atMost(
                                BayesRisk.squareLimit(drawn.s), bound.applyAsDouble(drawn.s), 0, exact))
                .falsifiedBy("1 / (1 + 2 s)", s -> 1 / (1 + 2 * s))
                .falsifiedBy("0.95 / (1 + s)", s -> 0.95 / (1 + s));
        for (int d : new int[] {1, 2}) {
            GaussianMixture mixture = drawn.mixture(d);
            run.check(
                            d == 1 ? "one dimension" : "two dimensions",
                            1.0,
                            (factor, lab) -> Comparison.atMost(
                                    leastSquareError(mixture), factor * NetworkRisk.of(mixture, d), 0, exact))
                    .falsifiedBy("0.9 of the networks' risk", 0.9);
        }
        run.check("NT is as good as NN", drawn.d, (n, lab) -> {
                    GaussianMixture mixture = drawn.mixture(drawn.d);
                    DMatrixRMaj weights = WeightLaw.isotropic(drawn.d).draw(n, drawn.stream());
                    return Comparison.equal(
                            TangentRisk.of(mixture, weights),
                            NetworkRisk.of(mixture, drawn.d),
                            1e-12,
                            "residual 1e-14 |D| with condition number 1.64, and 100 d u");
                })
                .falsifiedBy("d - 1 neurons", drawn.d - 1);
        GaussianMixture paper = MixtureFamily.THREE_LEVELS.of(24);
        PosteriorMeans means = new PosteriorMeans(paper);
        run.check("the paper's mixture, d = 24", 1.0, (factor, lab) -> gap(factor, paper, means, lab))
                .falsifiedBy("0.7 of the networks' risk", 0.7);
    }

    private static Decision gap(double factor, GaussianMixture mixture, PosteriorMeans means, Lab lab) {
        return lab.meanAtMost(
                factor * NetworkRisk.of(mixture, mixture.dimension()),
                0.02,
                new Bounded(0, 1),
                stream -> 1 - means.square(1, stream));
    }

    @Claim(
            id = "G19.mmse-limit",
            statement =
                    "\\mathrm{MMSE} \\to 1 - \\mathbb E \\tanh(s + \\sqrt s\\, G),\\quad P(\\text{error}) \\to \\Phi(-\\sqrt s),\\quad"
                            + " \\log\\frac{p_+(x)}{p_-(x)} \\Big|\\, y \\;\\to\\; N(2ys, 4s),\\quad s = \\tfrac12 \\|\\tilde\\Delta\\|_F^2",
            hypotheses =
                    "M1, M2, $s$ constant in $d$; here the mean gaps vanish like $1/d$; the law of the log-likelihood ratio through"
                            + " its characteristic function at $1/2$",
            instances = 4)
    void theBayesErrorHasAFormula(@ForAll("families") MixtureFamily family, ClaimRun run) {
        run.covers("mixture " + family);
        int points = 64;
        RiskLadder ladder = new RiskLadder(run, "points", d -> {
            PosteriorMeans means = new PosteriorMeans(family.of(d));
            return stream -> {
                double[] sums = new double[3];
                for (double ratio : means.ratios(points, stream)) {
                    double mean = Math.tanh(Math.abs(ratio) / 2);
                    sums[0] += (1 - mean * mean) / points;
                    sums[1] += (1 - mean) / 2 / points;
                    sums[2] += Math.cos(ratio / 2) / 2 / points;
                }
                return sums;
            };
        });
        DoubleUnaryOperator square = BayesRisk::squareLimit;
        run.check("MMSE", square, (limit, lab) -> tendsTo(ladder, 0, limit, family, lab))
                .falsifiedBy("s = |D|_F^2", s -> BayesRisk.squareLimit(2 * s))
                .falsifiedBy("1 / (1 + s)", s -> 1 / (1 + s))
                .falsifiedBy("s = 3 |D|_F^2 / 5", s -> BayesRisk.squareLimit(1.2 * s));
        DoubleUnaryOperator wrongLabel = BayesRisk::zeroOneLimit;
        run.check("wrong labels", wrongLabel, (limit, lab) -> tendsTo(ladder, 1, limit, family, lab))
                .falsifiedBy("s = |D|_F^2", s -> BayesRisk.zeroOneLimit(2 * s))
                .falsifiedBy("half of the square error", s -> BayesRisk.squareLimit(s) / 2)
                .falsifiedBy("s = |D|_F^2 / 3", s -> BayesRisk.zeroOneLimit(s / 1.5));
        DoubleUnaryOperator characteristic = s -> Math.exp(-s / 2) * Math.cos(s) / 2;
        run.check("log-likelihood ratio", characteristic, (limit, lab) -> tendsTo(ladder, 2, limit, family, lab))
                .falsifiedBy("variance 2 s", s -> Math.exp(-s / 4) * Math.cos(s) / 2)
                .falsifiedBy("mean s", s -> Math.exp(-s / 2) * Math.cos(s / 2) / 2);
    }

    private static Decision tendsTo(
            RiskLadder ladder, int k, DoubleUnaryOperator limit, MixtureFamily family, Lab lab) {
        return ladder.tendsTo(k, d -> limit.applyAsDouble(new PosteriorMeans(family.of(d)).squaredNorm() / 2), lab);
    }
}
