package ghorbani2019;

import java.util.Arrays;
import java.util.function.ToDoubleBiFunction;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import org.ejml.data.DMatrixRMaj;
import org.lemmalab.claim.Claim;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.risk.FixedPoint;
import org.lemmalab.risk.Spectrum;
import org.lemmalab.stats.Comparison;
import org.lemmalab.stats.Decision;

/**
 * The equation of the risk of random features has exactly one positive solution.
 *
 * <h2>Source</h2>
 *
 * G19, equations (9) and (14), 'let psi > 0 be the unique solution of'.
 *
 * <h2>Statement</h2>
 *
 * For {@code l~ > 0}, {@code rho > 0} and a law D on {@code [0, inf)} there is one {@code psi > 0} with
 *
 * <pre>{@code
 * -l~ = -rho/psi + int l_1^2 t / (1 + l_1^2 t psi) D(dt)
 * }</pre>
 *
 * It lies between {@code rho / (l~ + l_1^2 E t)} and {@code rho / l~}, and is increasing in rho, more than proportionally.
 *
 * <h2>Instances</h2>
 *
 * {@code l_1} in {0, 0.1, 1, 3}, {@code l~} from 1/1000 to 100, rho from 1/1000 to 10000, each with all five laws: constant, 0 or 2, the quantiles
 * of Exp(1), 50 with probability 1/60 and else 10/59, and constant 0.
 *
 * <h2>How it is checked</h2>
 *
 * By bisection ({@link FixedPoint}) and, independently, as an eigenvalue problem. With {@code c_i = l_1^2 t_i}, masses {@code m_i} and
 * {@code M = sum m_i} over {@code c_i > 0}, the equation times psi is the secular equation of an arrow matrix,
 *
 * <pre>{@code
 * psi - (rho - M)/l~ = sum_i b_i^2 / (psi + 1/c_i),   b_i^2 = m_i / (l~ c_i):   [ (rho - M)/l~   b^T ; b   -diag(1/c) ],
 * }</pre>
 *
 * so that its real solutions are the eigenvalues of that matrix, whose other eigenvalues lie below {@code -1 / max c_i} (interlacing). For one
 * atom the equation is quadratic. A psi that is the nearest double solves the equation up to the rounding of its {@code n + 4} terms; an eigenvalue
 * is exact to {@code 4 n u} of the matrix's norm, and the other way round a perturbation of {@code u} in the equation moves psi by
 * {@code u g / (psi g')}.
 *
 * <h2>Falsifiers</h2>
 *
 * psi of {@code E s^2} in place of {@code l~}, and without the linear part; solutions of either sign; the bounds exchanged or off by a tenth; growth like
 * {@code rho^(5/4)}; an affine activation ({@code l~ = 0}), whose equation has no solution once rho exceeds the mass off 0.
 */
class FixedPointClaims {
    private static final double U = 0x1p-53;
    private static final double[] EXPONENTIAL = TargetFamily.EXPONENTIAL.diagonal(12);

    private static final Spectrum[] SPECTRA = {
        Spectrum.empirical(1),
        Spectrum.empirical(0, 2),
        Spectrum.empirical(EXPONENTIAL),
        new Spectrum(new double[] {10 / 59.0, 50}, new double[] {59 / 60.0, 1 / 60.0}),
        Spectrum.empirical(0)
    };

    /** The numbers of the equation; the law D runs through all of {@link #SPECTRA}. */
    record Numbers(double hermite1, double nonlinearity, double rho) {
        double[] each(ToDoubleBiFunction<Numbers, Spectrum> f) {
            return Arrays.stream(SPECTRA)
                    .mapToDouble(d -> f.applyAsDouble(this, d))
                    .toArray();
        }

        double psi(Spectrum d) {
            return psi(d, rho);
        }

        double psi(Spectrum d, double ratio) {
            return new FixedPoint(hermite1, nonlinearity, d).psi(ratio);
        }

        double square() {
            return hermite1 * hermite1;
        }

        Numbers with(double newHermite1, double newNonlinearity) {
            return new Numbers(newHermite1, newNonlinearity, rho);
        }
    }

    @Provide
    Arbitrary<Numbers> numbers() {
        return Combinators.combine(
                        Arbitraries.of(0.0, 0.1, 1.0, 3.0),
                        Arbitraries.doubles().between(-3, 2),
                        Arbitraries.doubles().between(-3, 4))
                .as((hermite1, logOfRest, logOfRatio) ->
                        new Numbers(hermite1, Math.pow(10, logOfRest), Math.pow(10, logOfRatio)));
    }

    /** Which solutions count, and of which equation. */
    private enum Solutions {
        POSITIVE,
        OF_EITHER_SIGN
    }

    @Claim(
            id = "G19.eq9-unique",
            statement =
                    "-\\tilde\\lambda = -\\frac{\\rho}{\\psi} + \\int \\frac{\\lambda_1^2 t}{1 + \\lambda_1^2 t \\psi}\\, D(dt)"
                            + " \\text{ has exactly one solution } \\psi > 0",
            hypotheses = "$\\tilde\\lambda > 0$, $\\rho > 0$, $D$ a law on $[0, \\infty)$")
    void thereIsOnePositiveSolution(@ForAll("numbers") Numbers numbers, ClaimRun run) {
        run.covers(numbers.hermite1 == 0 ? "l_1 = 0" : "l_1 > 0").covers(numbers.rho < 1 ? "rho < 1" : "rho >= 1");
        run.check("the equation holds at psi", numbers, (form, lab) -> residual(numbers, form))
                .falsifiedBy("E s^2 for l~", numbers.with(numbers.hermite1, numbers.nonlinearity + numbers.square()))
                .falsifiedBy("psi without l_1", numbers.with(0, numbers.nonlinearity))
                .falsifiedBy("l_1 for l_1^2", numbers.with(Math.sqrt(numbers.hermite1), numbers.nonlinearity));
        run.check(
                        "number of solutions",
                        Solutions.POSITIVE,
                        (which, lab) -> Comparison.equal(
                                numbers.each((n, d) -> Arrays.stream(solutions(n, d))
                                        .filter(psi -> which == Solutions.OF_EITHER_SIGN || psi > 0)
                                        .count()),
                                numbers.each((n, d) -> 1),
                                0,
                                "a count: psi >= 1e-5 and the others <= -1/450 against 1e-8"))
                .falsifiedBy("solutions of either sign", Solutions.OF_EITHER_SIGN);
        run.check(
                        "the largest eigenvalue is psi",
                        1.0,
                        (factor, lab) -> Comparison.equal(
                                numbers.each((n, d) -> (solutions(n, d)[0] - factor * n.psi(d)) / error(n, d)),
                                new double[SPECTRA.length],
                                1,
                                "in units of 8 n u (|matrix| + g / g')"))
                .falsifiedBy("1 % more", 1.01);
        run.check(
                        "an affine activation has none",
                        1.0,
                        (factor, lab) -> Comparison.atLeast(
                                numbers.each((n, d) -> greatestRatio(factor * n.nonlinearity, n, d)),
                                numbers.rho,
                                8 * U * numbers.rho,
                                "8 u"))
                .falsifiedBy("l~ = 0", 0.0);
        bounds(numbers, run);
        run.check("psi grows at least like rho", 1.0, (exponent, lab) -> growth(numbers, exponent))
                .falsifiedBy("like rho^(5/4)", 1.25);
        run.check("one atom: the quadratic equation's root", 1.0, (share, lab) -> {
                    double l = numbers.square();
                    double b = numbers.nonlinearity + share * l - numbers.rho * l;
                    double root = Math.sqrt(b * b + 4 * numbers.nonlinearity * l * numbers.rho);
                    double psi = b > 0 ? 2 * numbers.rho / (b + root) : (root - b) / (2 * numbers.nonlinearity * l);
                    double size = (numbers.nonlinearity + l + numbers.rho * l) / root;
                    return Comparison.equal(
                            numbers.psi(SPECTRA[0]) / psi,
                            1,
                            16 * U * (1 + size),
                            "16 u (1 + (l~ + l_1^2 (1 + rho)) / root)");
                })
                .falsifiedBy("l~ for l~ + l_1^2", 0.0);
    }

    /** Both sides of (9), relative to the largest of the three terms. */
    private static Decision residual(Numbers numbers, Numbers form) {
        return Comparison.equal(
                numbers.each((n, d) -> {
                    double psi = form.psi(d);
                    double integral = d.mean(t -> n.square() * t / (1 + n.square() * t * psi));
                    return (n.nonlinearity - n.rho / psi + integral) / (n.rho / psi);
                }),
                new double[SPECTRA.length],
                64 * U,
                "4 (n + 4) u, n <= 12 atoms");
    }

    private static void bounds(Numbers numbers, ClaimRun run) {
        double[] psi = numbers.each(Numbers::psi);
        double[] most = numbers.each((n, d) -> n.rho / n.nonlinearity);
        double[] least = numbers.each((n, d) -> n.rho / (n.nonlinearity + n.square() * d.mean(t -> t)));
        run.check("psi <= rho / l~", most, (bound, lab) -> Comparison.atMost(quotients(psi, bound), 1, 64 * U, "64 u"))
                .falsifiedBy("rho / (l~ + l_1^2 E t)", least)
                .falsifiedBy("a tenth less", scaled(0.9, most));
        run.check(
                        "psi >= rho / (l~ + l_1^2 E t)",
                        least,
                        (bound, lab) -> Comparison.atLeast(quotients(psi, bound), 1, 64 * U, "64 u"))
                .falsifiedBy("rho / l~", most)
                .falsifiedBy("a tenth more", scaled(1.1, least));
    }

    private static Decision growth(Numbers numbers, double exponent) {
        double[] steps = {1, 1.1, 2, 10};
        double[] least = new double[SPECTRA.length * (steps.length - 1)];
        for (int i = 0; i < least.length; i++) {
            Spectrum d = SPECTRA[i % SPECTRA.length];
            double step = steps[1 + i / SPECTRA.length];
            least[i] = numbers.psi(d, step * numbers.rho) / numbers.psi(d) / Math.pow(step, exponent);
        }
        // psi is the solution of an equation with errors of 64 u, which psi g'/g >= l~/(l~ + l_1^2 E t) magnifies
        double magnified = 1 + numbers.square() * 1.01 / numbers.nonlinearity;
        return Comparison.atLeast(least, 1, 128 * U * magnified, "128 u (1 + l_1^2 E t / l~)");
    }

    /** All real solutions, descending: the eigenvalues of the arrow matrix. */
    private static double[] solutions(Numbers n, Spectrum d) {
        return LinearAlgebra.eigen(arrow(n, d)).values();
    }

    private static DMatrixRMaj arrow(Numbers n, Spectrum d) {
        int[] positive = IntStream.range(0, d.atoms().length)
                .filter(i -> n.square() * d.atoms()[i] > 0)
                .toArray();
        DMatrixRMaj arrow = new DMatrixRMaj(positive.length + 1, positive.length + 1);
        double mass = 0;
        for (int k = 0; k < positive.length; k++) {
            double c = n.square() * d.atoms()[positive[k]];
            double m = d.masses()[positive[k]];
            mass += m;
            arrow.set(k + 1, k + 1, -1 / c);
            arrow.set(0, k + 1, Math.sqrt(m / (n.nonlinearity * c)));
            arrow.set(k + 1, 0, arrow.get(0, k + 1));
        }
        arrow.set(0, 0, (n.rho - mass) / n.nonlinearity);
        return arrow;
    }

    /** {@code 8 n u (|A| + g / g')}: of the eigenvalues, and of the bisection. */
    private static double error(Numbers n, Spectrum d) {
        DMatrixRMaj arrow = arrow(n, d);
        double psi = n.psi(d);
        double slope = n.nonlinearity + d.mean(t -> n.square() * t / Math.pow(1 + n.square() * t * psi, 2));
        return 8 * (arrow.numRows + 4) * U * (LinearAlgebra.norm(arrow.data) + n.rho / slope);
    }

    /** The left-hand side at {@code 1.01 rho / l~}, or for {@code l~ = 0} the mass of {@code l_1^2 t > 0}, which it stays below. */
    private static double greatestRatio(double nonlinearity, Numbers n, Spectrum d) {
        double psi = nonlinearity == 0 ? Double.POSITIVE_INFINITY : 1.01 * n.rho / nonlinearity;
        double integral = d.mean(t -> n.square() * t == 0 ? 0 : 1 - 1 / (1 + n.square() * t * psi));
        return nonlinearity == 0 ? integral : nonlinearity * psi + integral;
    }

    private static double[] quotients(double[] x, double[] y) {
        double[] quotients = new double[x.length];
        Arrays.setAll(quotients, i -> x[i] / y[i]);
        return quotients;
    }

    private static double[] scaled(double factor, double[] x) {
        return Arrays.stream(x).map(v -> factor * v).toArray();
    }
}
