package daniely2019;

import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleFunction;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import org.ejml.data.DMatrixRMaj;
import org.lemmalab.activation.DecentActivation;
import org.lemmalab.activation.HermiteExpansion;
import org.lemmalab.claim.Claim;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.feature.RandomEmbedding;
import org.lemmalab.feature.TangentFeatureScheme;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.numeric.GaussHermite;
import org.lemmalab.numeric.GaussianIntegral;
import org.lemmalab.numeric.HermitePolynomial;
import org.lemmalab.random.PointLaw;
import org.lemmalab.random.RandomStream;
import org.lemmalab.stats.Comparison;

/**
 * The random classifier {@code f_omega = <v, Psi_omega>} of the sum of powers f: an average of independent terms with mean f.
 *
 * <h2>Source</h2>
 *
 * D19, appendix A.4, between Lemmas 14 and 15.
 *
 * <h2>Statement</h2>
 *
 * With {@code g(w) = sum_i (y_i / a'_(c'-1)) h_(c'-1)(<x_i, w>) x_i} and {@code v = (g(w_1), ..., g(w_q)) / sqrt(q)},
 *
 * <pre>{@code
 * f_omega(x) = <v, Psi_omega(x)> = (1/q) sum_j Y(w_j, x),   Y(w, x) = <g(w), x> s'(<w, x>)
 * E |v|^2 = |g|^2 = sum_ij y_i y_j <x_i, x_j>^c' / a'^2,   E f_omega(x) = f(x)
 * sum_i Var Y(w, x_i) <= m C^2 R^2 |g|^2 / d
 * m C^2 R^2 |f|^2 / (q d) = const at q = m^2/d,   as |f|^2 = O(m)
 * }</pre>
 *
 * <h2>Instances</h2>
 *
 * ReLU, {@code |x|}, tanh and sine, c' = 2 and 4 or 1 and 3; 1 to 7 points in dimension 1 to 6, copies and antipodes among them; q from 1 to 6.
 *
 * <h2>How it is checked</h2>
 *
 * The identities on drawn weights, to {@code 1e3 (m + d) 2^-53} of the sum of the absolute terms. The expectations in two dimensions, where
 * {@code w = y x + z x'} with independent y, z: a rule exact for polynomials in z, and in y the same for {@code |v|^2} (degree at most 6) and panels split at the
 * kinks for f, to 1e-10 of the terms.
 *
 * <h2>Falsifiers</h2>
 *
 * s for {@code s'} in Y, {@code 1/q} for {@code 1/sqrt(q)} in v, a factor 1.1, the coefficient of the activation, and {@code m/d}, {@code m^1.5/d},
 * {@code m^2/sqrt(d)} for {@code m^2/d}.
 */
class HermiteClassifierClaims {
    private static final GaussHermite RULE = GaussHermite.of(24);

    /** Points, labels and weights. */
    record Instance(DecentActivation activation, int low, int m, int d, int q, long seed) {
        int degree() {
            return low + (activation.kinkList().isEmpty() ? 0 : 1);
        }

        RandomStream stream() {
            return RandomStream.of(seed, "HermiteClassifierClaims");
        }

        DMatrixRMaj points(int dimension) {
            DMatrixRMaj points = PointLaw.SPHERE.rows(m, dimension, stream().part("points"));
            if (m >= 5) {
                for (int k = 0; k < dimension; k++) {
                    points.set(1, k, points.get(0, k));
                    points.set(2, k, -points.get(0, k));
                }
            }
            return points;
        }

        double[] labels() {
            double[] y = stream().part("labels").signs(m);
            if (m >= 5) {
                // the first point, its copy and its antipode must not cancel
                y[1] = y[0];
                y[2] = degree() % 2 == 0 ? y[0] : -y[0];
            }
            return y;
        }

        double slopeCoefficient() {
            return HermiteExpansion.ofDerivative(activation, degree())[degree() - 1];
        }

        Instance cover(ClaimRun run) {
            run.covers(activation.name()).covers("c' = " + degree());
            if (m >= 5) {
                run.covers("a copy and an antipode");
            }
            if (q == 1) {
                run.covers("q = 1");
            }
            return this;
        }
    }

    @Provide
    Arbitrary<Instance> instances() {
        return Combinators.combine(
                        Arbitraries.of(
                                DecentActivation.RELU,
                                DecentActivation.ABSOLUTE_VALUE,
                                DecentActivation.TANH,
                                DecentActivation.SINE),
                        Arbitraries.of(1, 3),
                        Arbitraries.integers().between(1, 7),
                        Arbitraries.integers().between(1, 6),
                        Arbitraries.integers().between(1, 6),
                        Arbitraries.longs().between(0, 1_000_000))
                .as(Instance::new);
    }

    /** {@code g(w)} times {@code a'}. */
    private static double[] representative(DMatrixRMaj points, double[] y, int degree, double[] w) {
        double[] projections = LinearAlgebra.product(points, w);
        for (int i = 0; i < y.length; i++) {
            projections[i] = y[i] * HermitePolynomial.orthonormal(degree - 1, projections[i]);
        }
        return LinearAlgebra.productTransA(points, projections);
    }

    private static double[] row(DMatrixRMaj matrix, int i) {
        double[] row = new double[matrix.numCols];
        System.arraycopy(matrix.data, i * matrix.numCols, row, 0, row.length);
        return row;
    }

    @Claim(
            id = "D19.A4-Yavg",
            statement =
                    "f_\\omega(x) = \\langle v, \\Psi_\\omega(x)\\rangle = \\frac1q \\sum_{j \\le q} Y(w_j, x),\\qquad"
                            + " Y(w, x) = \\sum_i \\frac{y_i}{a'_{c'-1}} h_{c'-1}(\\langle x_i, w\\rangle) \\langle x_i, x\\rangle\\, \\sigma'(\\langle w, x\\rangle)",
            hypotheses = "$v = q^{-1/2} (g(w_1), \\dots, g(w_q))$, $\\Psi_\\omega$ of the tangent scheme")
    void theRandomClassifierIsAnAverage(@ForAll("instances") Instance drawn, ClaimRun run) {
        drawn.cover(run);
        run.note("The displays of A.4 have sigma where the tangent scheme has its derivative.");
        DecentActivation s = drawn.activation;
        int q = drawn.q;
        int d = drawn.d;
        DMatrixRMaj points = drawn.points(d);
        double[] y = drawn.labels();
        if (d == 1) {
            for (int i = 0; i < y.length; i++) {
                y[i] = Math.pow(points.get(i, 0), drawn.degree()); // on a line opposite terms would cancel
            }
        }
        double a = drawn.slopeCoefficient();
        RandomEmbedding embedding = RandomEmbedding.draw(
                new TangentFeatureScheme(s, d), q, drawn.stream().part("weights"));
        double[] v = new double[q * d];
        for (int j = 0; j < q; j++) {
            double[] g = representative(points, y, drawn.degree(), row(embedding.omegas(), j));
            for (int k = 0; k < d; k++) {
                v[j * d + k] = g[k] / (a * Math.sqrt(q));
            }
        }
        DMatrixRMaj test = PointLaw.SPHERE.rows(3, d, drawn.stream().part("test"));
        double[] values = LinearAlgebra.product(embedding.features(test), v);
        double size = 0;
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < q; j++) {
                double[] w = row(embedding.omegas(), j);
                double[] absolute = LinearAlgebra.product(points, w);
                for (double z : absolute) {
                    size = Math.max(size, drawn.m * (1 + Math.pow(Math.abs(z), 3)) / Math.abs(a));
                }
            }
        }
        double tolerance = 1e3 * (drawn.m + d) * 0x1p-53 * size;
        run.check(
                        "drawn weights",
                        (DoubleUnaryOperator) s::derivative,
                        (slope, lab) -> Comparison.equal(
                                average(embedding.omegas(), points, y, drawn.degree(), a, test, slope),
                                values,
                                tolerance,
                                "1e3 (m + d) 2^-53 of m (1 + |<x_i, w>|^3) / a'"))
                .falsifiedBy("1.1 s'", z -> 1.1 * s.derivative(z) + 1e-3);
        DMatrixRMaj one = new DMatrixRMaj(new double[][] {{1, 0}});
        DMatrixRMaj weights = new DMatrixRMaj(new double[][] {{1.5, 0.3}, {-0.5, 1}});
        double[] claimed = {Math.sqrt(2 * Math.PI) * 1.5 / 2};
        run.check(
                        "ReLU, c' = 2, one point, two weights",
                        (DoubleUnaryOperator) DecentActivation.RELU::derivative,
                        (slope, lab) -> Comparison.equal(
                                average(weights, one, new double[] {1}, 2, 1 / Math.sqrt(2 * Math.PI), one, slope),
                                claimed,
                                1e-13,
                                "two terms"))
                .falsifiedBy("s in place of s'", DecentActivation.RELU::value);
    }

    /** {@code (1/q) sum_j Y(w_j, x)} by the double sum. */
    private static double[] average(
            DMatrixRMaj weights,
            DMatrixRMaj points,
            double[] y,
            int degree,
            double a,
            DMatrixRMaj test,
            DoubleUnaryOperator slope) {
        int d = weights.numCols;
        double[] sums = new double[test.numRows];
        for (int t = 0; t < sums.length; t++) {
            for (int j = 0; j < weights.numRows; j++) {
                double gate = slope.applyAsDouble(LinearAlgebra.dot(weights.data, j * d, test.data, t * d, d));
                for (int i = 0; i < y.length; i++) {
                    double projection = LinearAlgebra.dot(points.data, i * d, weights.data, j * d, d);
                    double inner = LinearAlgebra.dot(points.data, i * d, test.data, t * d, d);
                    sums[t] += y[i] / a * HermitePolynomial.orthonormal(degree - 1, projection) * inner * gate;
                }
            }
            sums[t] /= weights.numRows;
        }
        return sums;
    }

    @Claim(
            id = "D19.A4-Ev",
            statement =
                    "\\mathbb E\\|v\\|^2 = \\|g\\|^2 = \\frac{1}{a_{c'-1}'^2}\\sum_{i,j} y_i y_j \\langle x_i, x_j\\rangle^{c'},\\qquad"
                            + " \\mathbb E \\langle v, \\Psi_\\omega(x)\\rangle = f(x) = \\sum_i y_i \\langle x_i, x\\rangle^{c'}",
            hypotheses = "$a'_{c'-1} \\ne 0$; exact, on the plane")
    void theRandomClassifierIsUnbiased(@ForAll("instances") Instance drawn, ClaimRun run) {
        drawn.cover(run);
        run.note("Printed with |f|^2 in place of |g|^2, which is not less than it.");
        DecentActivation s = drawn.activation;
        int degree = drawn.degree();
        int q = drawn.q + 1;
        DMatrixRMaj points = drawn.points(2);
        double[] y = drawn.labels();
        double a = drawn.slopeCoefficient();
        double norm = norm(points, y, degree) / (a * a);
        double rounding = 1e-11 * drawn.m * drawn.m / (a * a);
        double second = RULE.expectation(u -> RULE.expectation(z -> {
                    double[] g = representative(points, y, degree, new double[] {u, z});
                    return LinearAlgebra.dot(g, g);
                }))
                / (a * a);
        run.check(
                        "E |g(w)|^2",
                        norm,
                        (form, lab) -> Comparison.equal(second, form, rounding, "m^2 products, exact rule"))
                .falsifiedBy("1.1 |g|^2", 1.1 * norm + 2 * rounding);
        double single = RULE.expectation(z -> Math.pow(HermitePolynomial.orthonormal(degree - 1, z), 2)) / (a * a);
        run.check(
                        "E |v|^2, one point, q neurons",
                        1 / Math.sqrt(q),
                        (scale, lab) -> Comparison.equal(
                                q * scale * scale * single, 1 / (a * a), 1e-11 / (a * a), "exact rule"))
                .falsifiedBy("1/q in place of 1/sqrt(q)", 1.0 / q);
        double angle = drawn.stream().part("angle").uniform(0, 2 * Math.PI);
        for (double[] x : new double[][] {{Math.cos(angle), Math.sin(angle)}, row(points, 0)}) {
            double mean = onPlane(x, s, s::derivative, w -> LinearAlgebra.dot(representative(points, y, degree, w), x));
            double f = 0;
            for (int i = 0; i < y.length; i++) {
                f += y[i] * Math.pow(points.get(i, 0) * x[0] + points.get(i, 1) * x[1], degree);
            }
            double value = f;
            double tolerance = 1e-9 * drawn.m;
            boolean atPoint = x[0] == points.get(0, 0) && x[1] == points.get(0, 1);
            run.check(
                            atPoint ? "E f_omega(x_1)" : "E f_omega(x)",
                            0.0,
                            (shift, lab) -> Comparison.equal(
                                    mean / a, value + shift, tolerance / Math.abs(a), "integral to 1e-10 m"))
                    .falsifiedBy("1/10 more", 0.1)
                    .falsifiedBy("1/10 less", -0.1);
        }
        run.check(
                        "ReLU, c' = 2, one point",
                        1 / Math.sqrt(2 * Math.PI),
                        (coefficient, lab) -> Comparison.equal(
                                GaussianIntegral.expectation(u -> u > 0 ? u : 0, 0),
                                coefficient,
                                1e-12,
                                "integral to 1e-14"))
                .falsifiedBy("a_1 of the activation", 0.5);
    }

    /** A law of widths. */
    private interface Width {
        double of(double m, double d);
    }

    @Claim(
            id = "D19.A4-naive-q",
            statement =
                    "\\sum_i \\mathbb E\\, |f_\\omega(x_i) - f(x_i)|^2 \\le \\frac{m C^2 R^2 \\|f\\|^2}{q d} = O\\Big(\\frac{m^2}{q d}\\Big)",
            hypotheses =
                    "Theorem 4 on the uniform law of the points, $\\|f\\|^2 = m / a_{c'-1}'^2$, $R = 1$: all points at once take $q \\gg m^2/d$",
            instances = 40)
    void chebyshevsInequalityNeedsQuadraticWidth(@ForAll("instances") Instance drawn, ClaimRun run) {
        drawn.cover(run);
        double a = drawn.slopeCoefficient();
        double c = drawn.activation.lipschitz();
        run.check("bound at that width", (Width) (m, d) -> m * m / d, (width, lab) -> {
                    double[] bounds = new double[4];
                    double[] constant = new double[4];
                    for (int k = 0; k < 4; k++) {
                        double m = 10.0 * drawn.m * (1 << k);
                        double d = 8 * Math.pow(3, k);
                        bounds[k] = bound(m, d, c, 1, m / (a * a)) / width.of(m, d);
                        constant[k] = c * c / (a * a);
                    }
                    return Comparison.equal(bounds, constant, 1e-13 * c * c / (a * a), "ten roundings");
                })
                .falsifiedBy("m/d", (m, d) -> m / d)
                .falsifiedBy("m^1.5/d", (m, d) -> Math.pow(m, 1.5) / d)
                .falsifiedBy("m^2/sqrt(d)", (m, d) -> m * m / Math.sqrt(d));
        DMatrixRMaj points = drawn.points(2);
        DMatrixRMaj copies = new DMatrixRMaj(new double[][] {{1, 0}, {1, 0}, {1, 0}, {1, 0}, {1, 0}});
        double[] ones = {1, 1, 1, 1, 1};
        double modulus = Math.sqrt(2 / Math.PI);
        double drawnSum = variances(drawn.activation, drawn.degree(), points, drawn.labels(), a);
        double copiesSum = variances(DecentActivation.ABSOLUTE_VALUE, 2, copies, ones, modulus);
        double drawnNorm = norm(points, drawn.labels(), drawn.degree()) / (a * a);
        double copiesNorm = norm(copies, ones, 2) / (modulus * modulus);
        double radius = radius(points);
        run.check(
                        "sum of the variances on the plane, q = 1",
                        1.0,
                        (power, lab) -> Comparison.atMost(
                                new double[] {drawnSum, copiesSum},
                                new double[] {
                                    bound(Math.pow(drawn.m, power), 2, c, radius, drawnNorm),
                                    bound(Math.pow(5, power), 2, 1, radius(copies), copiesNorm)
                                },
                                1e-8 * (1 + drawn.m * drawn.m * drawn.m / (a * a)),
                                "integrals of m terms to 1e-9 m^2 / a'^2"))
                .falsifiedBy("one point's error for the sum over the points", 0.0);
    }

    /** {@code m C^2 R^2 |f|^2 / d}. */
    private static double bound(double m, double d, double c, double r, double norm) {
        return m * c * c * r * r * norm / d;
    }

    /** {@code a'^2 |g|^2}. */
    private static double norm(DMatrixRMaj points, double[] y, int degree) {
        DMatrixRMaj gram = LinearAlgebra.gram(points);
        double sum = 0;
        for (int i = 0; i < y.length; i++) {
            for (int j = 0; j < y.length; j++) {
                sum += y[i] * y[j] * Math.pow(gram.get(i, j), degree);
            }
        }
        return sum;
    }

    /** {@code sqrt(d lambda_max(E x x^T))}, the least R. */
    private static double radius(DMatrixRMaj points) {
        double largest = LinearAlgebra.eigen(LinearAlgebra.gram(points)).largest();
        return Math.sqrt(points.numCols * largest / points.numRows);
    }

    /** {@code sum_i Var Y(w, x_i)} for points of the plane. */
    private static double variances(DecentActivation s, int degree, DMatrixRMaj points, double[] y, double a) {
        double sum = 0;
        for (int i = 0; i < y.length; i++) {
            double[] x = row(points, i);
            double second = onPlane(
                    x,
                    s,
                    u -> Math.pow(s.derivative(u), 2),
                    w -> Math.pow(LinearAlgebra.dot(representative(points, y, degree, w), x), 2));
            double first =
                    onPlane(x, s, s::derivative, w -> LinearAlgebra.dot(representative(points, y, degree, w), x));
            sum += second / (a * a) - Math.pow(first / a, 2);
        }
        return sum;
    }

    /** {@code E gate(<w, x>) f(w)} for a polynomial f on the plane. */
    private static double onPlane(
            double[] x, DecentActivation s, DoubleUnaryOperator gate, ToDoubleFunction<double[]> f) {
        return GaussianIntegral.expectation(
                u -> gate.applyAsDouble(u)
                        * RULE.expectation(z ->
                                f.applyAsDouble(new double[] {u * x[0] - z * x[1], u * x[1] + z * x[0]})),
                s.kinks());
    }
}
