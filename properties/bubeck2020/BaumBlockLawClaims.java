package bubeck2020;

import java.util.function.Predicate;
import org.ejml.data.DMatrixRMaj;
import org.lemmalab.claim.Claim;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.claim.Lab;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.random.OrthonormalRows;
import org.lemmalab.random.PointLaw;
import org.lemmalab.random.RandomStream;
import org.lemmalab.stats.Assumption.Bounded;
import org.lemmalab.stats.Comparison;
import org.lemmalab.stats.Decision;
import org.lemmalab.stats.Rate;

/**
 * The laws of a random block of the Baum network: operator norm, offset of the hyperplane, angle of u and v, and a fresh point's products with them.
 *
 * <h2>Source</h2>
 *
 * B20, section 3, the sketch of the total weight after Proposition 4.
 *
 * <h2>Statement</h2>
 *
 * For d independent uniform points of the sphere, rows of X, with {@code u.x_i = b}, {@code |u| = 1}, {@code X v = y}, N normal:
 *
 * <pre>{@code
 * |X|_op = O(1): at most 2.3, tends to 2
 * b = 1/|X^-1 1|, rows N(0, I/d):   b = |N|/d in law, and |v| = d/|N| in law for y = +-1;   sphere: the same order     (printed: b of order 1/sqrt d)
 * balanced y:   |cos(u, v)| has the arcsine law, P(|cos| > 0.9) = (2/pi) arccos 0.9 = 0.28713;   sphere: in the limit
 * fresh x, v.u = (1 - rho) |v|, beta = |v|^2:   d Cov(x.u, x.v) = [[1, (1 - rho) sqrt beta], [., beta]]                (printed: (1 - rho) beta)
 * }</pre>
 *
 * <h2>Instances</h2>
 *
 * d from 4 to 64; rho = 0.3 and beta = 20 for the covariance.
 *
 * <h2>How it is checked</h2>
 *
 * b and |v| are Cauchy-like: laws are decided by probabilities, medians as probabilities 1/2, within 0.05. Reason for the law of b: by rotation {@code X^-1 1} is
 * {@code sqrt d} times a column of {@code X^-1}, whose norm is the inverse of the distance {@code |N|/sqrt d} of a row to the span of the others; flipping signs of
 * rows carries 1 to y. Reason for the arcsine law: two columns of the inverse of a normal matrix are, up to the others, those of a 2 x 2 one, at a uniform angle. The
 * exponent of b is the mean of {@code log(b_32/b_8)/log 4}, clipped to [-2, 0] about its centre. Second moments of a fresh point are exact for every d.
 *
 * <h2>Falsifiers</h2>
 *
 * 1.8 for 2.3, rows of norm {@code d^(1/4)}; the exponents -1/2 (printed) and -3/2; a median of 1 for {@code |N|}; |v| of order sqrt d; a uniform |cos| and 'with high
 * probability'; the printed covariance, independent signs, a uniform marginal.
 */
class BaumBlockLawClaims {
    private static final double MEDIAN = 0.6744897501960817; // of |N|
    private static final Bounded INDICATOR = new Bounded(0, 1);

    private static BaumBlock block(PointLaw law, int d, RandomStream stream) {
        return BaumBlock.of(law.rows(d, d, stream), BaumBlock.balanced(d));
    }

    @Claim(
            id = "B20.bw-op",
            statement = "\\|X\\|_{op} = O(1)",
            hypotheses =
                    "$d \\times d$, independent uniform rows on the sphere; here $P(\\|X\\|_{op} > 2.3) \\le 0.01$ and exponent 0 in $d$ up to 0.15",
            instances = 1)
    void theOperatorNormIsBounded(ClaimRun run) {
        for (int d : new int[] {8, 32}) {
            run.check(
                            "d = " + d,
                            2.3,
                            (bound, lab) -> lab.failsAtMost(
                                    0.01,
                                    0.1,
                                    stream -> LinearAlgebra.operatorNorm(PointLaw.SPHERE.rows(d, d, stream)) > bound))
                    .falsifiedBy("at most 1.8", 1.8);
        }
        run.check(
                        "exponent in d",
                        0.0,
                        (power, lab) -> Rate.perReplicate(0, 0.15, 8, 64)
                                .clippedTo(-0.3, 0.5)
                                .decide(
                                        index -> {
                                            RandomStream stream = lab.stream().trial(index);
                                            return new double[] {
                                                Math.pow(8, power)
                                                        * LinearAlgebra.operatorNorm(
                                                                PointLaw.SPHERE.rows(8, 8, stream)),
                                                Math.pow(64, power)
                                                        * LinearAlgebra.operatorNorm(
                                                                PointLaw.SPHERE.rows(64, 64, stream))
                                            };
                                        },
                                        lab.terms()))
                .falsifiedBy("rows of norm d^(1/4)", 0.25);
    }

    /** Decides {@code P(X <= claimed median) = 1/2} for {@code X = size d^power}. */
    private record Median(double value, double power) {}

    @Claim(
            id = "B20.bw-b",
            statement = "P\\big(b = \\Theta(1/\\sqrt d)\\big) = \\Omega(1)",
            hypotheses =
                    "$u\\cdot x_i = b$, $\\|u\\| = 1$, $d$ independent points: uniform on the sphere for the exponent, $N(0, I_d/d)$ for the exact law",
            correction =
                    "b \\text{ is of order } \\frac1d:\\quad b = \\frac{|N|}{d} \\text{ in law for } x_i \\sim N(0, I_d/d)",
            derivation =
                    "$b = 1/\\|X^{-1}\\mathbf 1\\|$, and $\\|X^{-1}\\mathbf 1\\| = \\sqrt d\\,\\|X^{-1}e_1\\|$ in law, $\\|X^{-1}e_1\\|^{-1} = |N|/\\sqrt d$ being the"
                            + " distance of a row to the span of the others. $b = O(1/\\sqrt d)$, which the summary uses, is true.",
            instances = 1)
    void theHyperplaneIsAtDistanceOneOverD(ClaimRun run) {
        run.check(
                        "exponent in d, sphere",
                        -1.0,
                        (exponent, lab) -> Rate.perReplicate(exponent, 0.25, 8, 32)
                                .clippedTo(-2, 0)
                                .decide(
                                        index -> {
                                            RandomStream stream = lab.stream().trial(index);
                                            return new double[] {
                                                block(PointLaw.SPHERE, 8, stream)
                                                        .b(),
                                                block(PointLaw.SPHERE, 32, stream.part("32"))
                                                        .b()
                                            };
                                        },
                                        lab.terms()))
                .printedAs("1/sqrt d", -0.5)
                .falsifiedBy("d^(-3/2)", -1.5);
        for (int d : new int[] {4, 16}) {
            double scale = 1 / Math.sqrt(d); // rows N(0, I/d)
            run.check(
                            "median of b d, normal, d = " + d,
                            new Median(MEDIAN, 1),
                            (median, lab) -> half(
                                    lab,
                                    stream ->
                                            block(PointLaw.GAUSSIAN, d, stream).b() * scale * Math.pow(d, median.power)
                                                    <= median.value))
                    .printedAs("median of b sqrt d", new Median(MEDIAN, 0.5))
                    .falsifiedBy("median 1", new Median(1, 1));
            run.check(
                            "median of d/|v|, normal, d = " + d,
                            new Median(MEDIAN, 1),
                            (median, lab) -> half(
                                    lab,
                                    stream -> Math.pow(d, median.power)
                                                    * scale
                                                    / LinearAlgebra.norm(block(PointLaw.GAUSSIAN, d, stream)
                                                            .v())
                                            <= median.value))
                    .falsifiedBy("|v| of order sqrt d", new Median(MEDIAN, 0.5))
                    .falsifiedBy("median 1", new Median(1, 1));
        }
    }

    private static Decision half(Lab lab, Predicate<RandomStream> event) {
        return lab.meanEquals(0.5, 0.05, INDICATOR, stream -> event.test(stream) ? 1 : 0);
    }

    @Claim(
            id = "B20.bw-angle",
            statement = "P\\big(|v\\cdot u| \\le (1 - \\rho)\\|v\\|\\big) = 1 - \\frac2\\pi \\arccos(1 - \\rho)",
            hypotheses =
                    "$Xv = y$ with as many $1$ as $-1$, $d$ even: exact for normal points, in the limit $d \\to \\infty$ on the sphere; here $\\rho = 0.1$ within 0.05",
            instances = 1)
    void theAngleHasTheArcsineLaw(ClaimRun run) {
        run.note(
                "The sketch needs 'with probability Omega(1)' only, which follows; its argument by b = Theta(1/sqrt d) is replaced by the law (B20.bw-b).");
        double probability = 2 / Math.PI * Math.acos(0.9);
        for (PointLaw law : new PointLaw[] {PointLaw.GAUSSIAN, PointLaw.SPHERE}) {
            for (int d : law == PointLaw.GAUSSIAN ? new int[] {2, 8} : new int[] {16}) {
                run.check(
                                (law == PointLaw.GAUSSIAN ? "normal" : "sphere") + ", d = " + d,
                                probability,
                                (target, lab) -> lab.meanEquals(
                                        target,
                                        0.05,
                                        INDICATOR,
                                        stream -> block(law, d, stream).cosine() > 0.9 ? 1 : 0))
                        .falsifiedBy("uniform |cos|", 0.1)
                        .falsifiedBy("|cos| <= 0.9 with high probability", 0.01);
            }
        }
    }

    @Claim(
            id = "B20.bw-gauss",
            statement =
                    "(x\\cdot u, x\\cdot v) \\approx \\mathcal N\\Big(0, \\frac1d \\begin{pmatrix} 1 & (1 - \\rho)\\beta\\\\ (1 - \\rho)\\beta & \\beta \\end{pmatrix}\\Big)",
            hypotheses =
                    "$x$ uniform on the sphere, $\\|u\\| = 1$, $v\\cdot u = (1 - \\rho)\\|v\\|$, $\\beta = \\|v\\|^2$; here $\\rho = 0.3$, $\\beta = 20$",
            correction =
                    "(x\\cdot u, x\\cdot v) \\approx \\mathcal N\\Big(0, \\frac1d \\begin{pmatrix} 1 & (1 - \\rho)\\sqrt\\beta\\\\ (1 - \\rho)\\sqrt\\beta & \\beta"
                            + " \\end{pmatrix}\\Big)",
            derivation =
                    "$E\\,(x\\cdot u)(x\\cdot v) = u\\cdot v/d = (1 - \\rho)\\sqrt\\beta/d$. With $(1 - \\rho)\\beta$ off the diagonal the matrix is indefinite as soon as"
                            + " $(1 - \\rho)^2\\beta > 1$.",
            instances = 1)
    void aFreshPointHasTheCorrectedCovariance(ClaimRun run) {
        double rho = 0.3;
        double beta = 20;
        double right = (1 - rho) * Math.sqrt(beta);
        double printed = (1 - rho) * beta;
        run.check(
                        "the matrix is positive definite",
                        right,
                        (corner, lab) -> Comparison.atLeast(
                                LinearAlgebra.eigen(new DMatrixRMaj(new double[][] {{1, corner}, {corner, beta}}))
                                        .smallest(),
                                0,
                                0x1p-46,
                                "2^-46: eigenvalues of norm 40 to 100 roundings"))
                .printedAs("(1 - rho) beta", printed)
                .falsifiedBy("1.5 (1 - rho) sqrt beta", 1.5 * right);
        int d = 10;
        run.check(
                        "covariance, d = 10",
                        right,
                        (corner, lab) -> lab.meanEquals(
                                corner, 0.5, new Bounded(-d * Math.sqrt(beta), d * Math.sqrt(beta)), stream -> {
                                    double[] products = products(d, rho, beta, stream);
                                    return d * products[0] * products[1];
                                }))
                .printedAs("(1 - rho) beta", printed)
                .falsifiedBy("1.25 (1 - rho) sqrt beta", 1.25 * right);
        run.check(
                        "both positive, d = 10",
                        0.25 + Math.asin(1 - rho) / (2 * Math.PI),
                        (target, lab) -> lab.meanEquals(target, 0.03, INDICATOR, stream -> {
                            double[] products = products(d, rho, beta, stream);
                            return products[0] > 0 && products[1] > 0 ? 1 : 0;
                        }))
                .falsifiedBy("independent", 0.25);
        run.check(
                        "P(sqrt(d) x.u <= 1), d = 100",
                        0.8413447460685429,
                        (target, lab) -> lab.meanEquals(
                                target,
                                0.02,
                                INDICATOR,
                                stream -> 10 * products(100, rho, beta, stream)[0] <= 1 ? 1 : 0))
                .falsifiedBy("uniform marginal", (1 + 1 / Math.sqrt(3)) / 2);
    }

    /** {@code x.u} and {@code x.v} for x on the sphere and random u and v. */
    private static double[] products(int d, double rho, double beta, RandomStream stream) {
        double[] x = PointLaw.SPHERE.rows(1, d, stream).data;
        DMatrixRMaj axes = OrthonormalRows.draw(2, d, stream.part("axes"));
        double[] along = LinearAlgebra.product(axes, x);
        double cosine = 1 - rho;
        return new double[] {along[0], Math.sqrt(beta) * (cosine * along[0] + Math.sqrt(1 - cosine * cosine) * along[1])
        };
    }
}
