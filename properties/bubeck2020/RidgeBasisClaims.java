package bubeck2020;

import java.math.BigInteger;
import java.util.function.IntFunction;
import java.util.function.IntUnaryOperator;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import org.apache.commons.math3.fraction.BigFraction;
import org.apache.commons.math3.util.CombinatoricsUtils;
import org.lemmalab.claim.Claim;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.stats.Comparison;

/**
 * The m-th powers of m + 1 ridges are a basis of the homogeneous polynomials of degree m.
 *
 * <h2>Source</h2>
 *
 * B20, proof of Lemma 9.
 *
 * <h2>Statement</h2>
 *
 * <pre>{@code
 * (x + j y)^m, j = 0, ..., m, have the coordinates (1, j, ..., j^m) in C(m, k) x^(m-k) y^k,   det (j^k) = prod_(k = 1..m) k! != 0
 * }</pre>
 *
 * <h2>Instances</h2>
 *
 * m = 1, ..., 8.
 *
 * <h2>How it is checked</h2>
 *
 * Exactly, in integers and rationals.
 *
 * <h2>Falsifiers</h2>
 *
 * {@code m!}, products without the last factor; a repeated node; coordinates with the binomial in them, and in reverse order.
 */
class RidgeBasisClaims {
    @Provide
    Arbitrary<Integer> degrees() {
        return Arbitraries.integers().between(1, 8);
    }

    /** The node of each index, and the claimed determinant. */
    private record Vandermonde(IntUnaryOperator node, IntFunction<BigInteger> determinant) {}

    /** The coordinate of {@code (x + j y)^m} at k. */
    private interface Coordinate {
        double at(int m, int k, int j);
    }

    @Claim(
            id = "B20.lem9-basis",
            statement =
                    "\\{(x + jy)^m : j = 0, \\dots, m\\} \\text{ is a basis of } \\mathcal H_m, \\qquad \\det\\bigl(j^k\\bigr)_{j,k=0}^m = \\prod_{k=1}^m k!",
            hypotheses =
                    "$\\mathcal H_m$: homogeneous of degree $m$; coordinates $(1, j, \\dots, j^m)$ in $\\binom mk x^{m-k} y^k$",
            instances = 40)
    void powersOfRidgesAreABasis(@ForAll("degrees") int m, ClaimRun run) {
        run.covers("m = " + m);
        IntUnaryOperator index = IntUnaryOperator.identity();
        IntFunction<BigInteger> product = degree -> superfactorial(degree);
        run.check("determinant", new Vandermonde(index, product), (form, lab) -> {
                    BigInteger[][] matrix = new BigInteger[m + 1][m + 1];
                    for (int j = 0; j <= m; j++) {
                        for (int k = 0; k <= m; k++) {
                            matrix[j][k] =
                                    BigInteger.valueOf(form.node.applyAsInt(j)).pow(k);
                        }
                    }
                    BigFraction quotient = new BigFraction(determinant(matrix), form.determinant.apply(m));
                    return Comparison.equal(quotient.doubleValue(), 1, 0, "integers");
                })
                .falsifiedBy("m!", new Vandermonde(index, degree -> factorial(degree)))
                .falsifiedBy("no factor m!", new Vandermonde(index, degree -> superfactorial(degree - 1)))
                .falsifiedBy("node 0 twice", new Vandermonde(j -> Math.max(j - 1, 0), product));
        Coordinate powers = (degree, k, j) -> Math.pow(j, k);
        run.check("coordinates", powers, (coordinate, lab) -> {
                    double[] observed = new double[(m + 1) * (m + 1)];
                    double[] claimed = new double[observed.length];
                    for (int j = 0; j <= m; j++) {
                        IntegerPolynomial expanded = IntegerPolynomial.of(1, j).power(m); // x = 1
                        for (int k = 0; k <= m; k++) {
                            observed[(m + 1) * j + k] = expanded.coefficient(k).doubleValue()
                                    / CombinatoricsUtils.binomialCoefficient(m, k);
                            claimed[(m + 1) * j + k] = coordinate.at(m, k, j);
                        }
                    }
                    return Comparison.equal(observed, claimed, 0, "integers");
                })
                .falsifiedBy(
                        "in x^(m-k) y^k",
                        (degree, k, j) -> CombinatoricsUtils.binomialCoefficient(degree, k) * Math.pow(j, k))
                .falsifiedBy("order reversed", (degree, k, j) -> Math.pow(j, degree - k));
    }

    private static BigInteger factorial(int m) {
        return BigInteger.valueOf(CombinatoricsUtils.factorial(m));
    }

    /** {@code 1! 2! ... m!}. */
    private static BigInteger superfactorial(int m) {
        BigInteger product = BigInteger.ONE;
        for (int k = 1; k <= m; k++) {
            product = product.multiply(factorial(k));
        }
        return product;
    }

    /** By elimination in rationals. */
    private static BigInteger determinant(BigInteger[][] matrix) {
        int n = matrix.length;
        BigFraction[][] a = new BigFraction[n][n];
        for (int i = 0; i < n; i++) {
            for (int k = 0; k < n; k++) {
                a[i][k] = new BigFraction(matrix[i][k]);
            }
        }
        BigFraction product = BigFraction.ONE;
        for (int i = 0; i < n; i++) {
            int pivot = i;
            while (pivot < n && a[pivot][i].equals(BigFraction.ZERO)) {
                pivot++;
            }
            if (pivot == n) {
                return BigInteger.ZERO;
            }
            if (pivot != i) {
                BigFraction[] row = a[pivot];
                a[pivot] = a[i];
                a[i] = row;
                product = product.negate();
            }
            product = product.multiply(a[i][i]);
            for (int row = i + 1; row < n; row++) {
                BigFraction factor = a[row][i].divide(a[i][i]);
                for (int k = i; k < n; k++) {
                    a[row][k] = a[row][k].subtract(factor.multiply(a[i][k]));
                }
            }
        }
        return product.getNumerator();
    }
}
