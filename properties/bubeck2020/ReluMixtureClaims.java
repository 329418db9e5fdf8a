package bubeck2020;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import org.apache.commons.math3.analysis.polynomials.PolynomialFunction;
import org.lemmalab.claim.Claim;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.memorizer.ReluMixture;
import org.lemmalab.memorizer.SmoothCutoff;
import org.lemmalab.numeric.PiecewisePolynomial;
import org.lemmalab.random.RandomStream;
import org.lemmalab.stats.Comparison;

/**
 * A function of compact support is a mixture of ReLUs.
 *
 * <h2>Source</h2>
 *
 * B20, Proposition 5 and its proof.
 *
 * <h2>Statement</h2>
 *
 * f is twice differentiable, f'' integrable, f = 0 outside [-M, M], f not 0. With {@code B} of density {@code |f''| / int |f''|} and
 * {@code S = sign f''(B)},
 *
 * <pre>{@code
 * E S ReLU(x - B) = f(x) / int |f''|   for all x (the paper: in [-M, M]),   |B| <= M,  |S| = 1
 * int f'' = int y f''(y) dy = 0,       so that no linear function is left over: int ReLU(x - y) f''(y) dy = f(x)
 * }</pre>
 *
 * <h2>Instances</h2>
 *
 * {@code (1 - u^2)^k q(u)}, {@code u = x/M}, k = 3 to 5, M from 1/10 to 10: q = 1, q = u, q of degree 1 to 4 with normal coefficients; the cutoff
 * {@code chi_M/2} itself, whose second derivative vanishes on [-M/2, M/2].
 *
 * <h2>How it is checked</h2>
 *
 * The means by exact integrals of polynomials, at 61 points of [-1.5 M, 1.5 M], the ends and the middle among them. In the variable u on each interval the
 * coefficients {@code c} of f'' are rounded some 20 times and those of {@code (x - y) f''} and of its integral some 10 times more: the error is below
 * {@code 64 u |x - y| sum |c|}, {@code |x - y| <= 2.5 M}. {@code int |f''|} itself is compared with 20000 midpoints.
 *
 * <h2>Falsifiers</h2>
 *
 * Functions with a kink or a jump at the ends, where f'' has atoms that are left out: {@code (1 - u^2) q} and {@code u^2/2}; {@code 1.1 int |f''|} and
 * {@code (int |f''|)^2} in place of {@code int |f''|}, and 0.9 of it; knots in [-0.9 M, 0.9 M] only; the second moment of f''.
 */
class ReluMixtureClaims {
    private static final PolynomialFunction BUMP = new PolynomialFunction(new double[] {1, 0, -1});
    private static final String ROUNDING = "64 u 2.5 M times the coefficients of f''";

    enum Factor {
        ONE,
        ODD,
        RANDOM
    }

    /** {@code (1 - u^2)^power q(u)} on [-M, M]. */
    record Bump(double radius, int power, Factor factor, int degree, long seed) {
        PiecewisePolynomial function(int k) {
            PolynomialFunction p = q();
            for (int i = 0; i < k; i++) {
                p = p.multiply(BUMP);
            }
            return PiecewisePolynomial.of(new double[] {-radius, radius}, p);
        }

        /** The sum of the absolute coefficients of f'' in u, times M^2. */
        double size() {
            PolynomialFunction p = q();
            for (int i = 0; i < power; i++) {
                p = p.multiply(BUMP);
            }
            PolynomialFunction second = p.polynomialDerivative().polynomialDerivative();
            return Arrays.stream(second.getCoefficients()).map(Math::abs).sum();
        }

        private PolynomialFunction q() {
            return switch (factor) {
                case ONE -> new PolynomialFunction(new double[] {1});
                case ODD -> new PolynomialFunction(new double[] {0, 1});
                case RANDOM ->
                    new PolynomialFunction(
                            RandomStream.of(seed, "ReluMixtureClaims").gaussians(degree + 1));
            };
        }
    }

    @Provide
    Arbitrary<Bump> bumps() {
        return Combinators.combine(
                        Arbitraries.of(0.1, 1.0, 2.0, 10.0),
                        Arbitraries.integers().between(3, 5),
                        Arbitraries.of(Factor.class),
                        Arbitraries.integers().between(1, 4),
                        Arbitraries.longs().between(0, 1_000_000))
                .as(Bump::new);
    }

    /** f and the power of {@code int |f''|}, with a factor, that its mean is divided by. */
    private record Form(PiecewisePolynomial f, double power, double factor) {}

    @Claim(
            id = "B20.prop5",
            statement =
                    "\\mathbb E[S\\, \\psi(x - B)] = \\frac{f(x)}{\\int |f''|}, \\qquad |B| \\le M, \\qquad |S| = 1",
            hypotheses =
                    "$f$ twice differentiable with support in $[-M, M]$, $f''$ integrable, $f \\ne 0$; for all $x$, which includes $[-M, M]$")
    void compactFunctionsAreMixturesOfRelus(@ForAll("bumps") Bump drawn, ClaimRun run) {
        run.covers("q: " + drawn.factor).covers("M = " + drawn.radius).covers("x outside [-M, M]");
        run.note("Proposition 5 leaves two hypotheses to the reader: f is not 0, and f'' is integrable.");
        double radius = drawn.radius;
        run.check("mean", new Form(drawn.function(drawn.power), 1, 1), (form, lab) -> {
                    ReluMixture mixture = ReluMixture.of(form.f);
                    double norm = form.factor * Math.pow(mixture.mass(), form.power);
                    return Comparison.equal(
                            map(grid(radius), mixture::expectation),
                            map(grid(radius), x -> form.f.value(x) / norm),
                            tolerance(drawn) / mixture.mass(),
                            ROUNDING + " over int |f''|");
                })
                .falsifiedBy("kinks at the ends", new Form(drawn.function(1), 1, 1))
                .falsifiedBy("jumps at the ends", new Form(parabola(radius), 1, 1))
                .falsifiedBy("1.1 int |f''|", new Form(drawn.function(drawn.power), 1, 1.1))
                .falsifiedBy("(int |f''|)^2", new Form(drawn.function(drawn.power), 2, 1));
        PiecewisePolynomial second = drawn.function(drawn.power).derivative().derivative();
        double step = 2 * radius / 20_000;
        double sum = 0;
        double variation = 0;
        for (int i = 0; i < 20_000; i++) {
            double t = -radius + (i + 0.5) * step;
            sum += step * Math.abs(second.value(t));
            variation += Math.abs(second.value(t + step / 2) - second.value(t - step / 2));
        }
        double norm = radius * sum;
        double tolerance = radius * step * variation;
        run.check(
                        "int |f''|",
                        1.0,
                        (factor, lab) -> Comparison.equal(
                                factor
                                        * radius
                                        * ReluMixture.of(drawn.function(drawn.power))
                                                .mass(),
                                norm,
                                tolerance,
                                "midpoints: half of the step times the total variation of f'', doubled"))
                .falsifiedBy("0.9 of it", 0.9);
        PiecewisePolynomial cutoff = SmoothCutoff.of(radius / 2);
        run.check("cutoff", new Form(cutoff, 1, 1), (form, lab) -> {
                    ReluMixture mixture = ReluMixture.of(form.f);
                    return Comparison.equal(
                            map(grid(radius), mixture::expectation),
                            map(grid(radius), x -> form.f.value(x) / (form.factor * mixture.mass())),
                            64 * 0x1p-53 * 2 * 8 * 60 / mixture.mass(),
                            "64 u times two outer intervals, where |x - y| <= 2.5 M and f'' has coefficients below 60/M^2");
                })
                .falsifiedBy("1.1 int |f''|", new Form(cutoff, 1, 1.1));
        run.check(
                        "|B| <= M",
                        1.0,
                        (part, lab) -> Comparison.atMost(
                                ReluMixture.of(drawn.function(drawn.power)).probabilityBeyond(part * radius),
                                0,
                                0,
                                "an empty interval"))
                .falsifiedBy("|B| <= 0.9 M", 0.9);
    }

    /** Which moments of f'' are said to vanish, for which f. */
    private record Moments(PiecewisePolynomial f, int first, int second) {}

    @Claim(
            id = "B20.prop5-L",
            statement = "\\int f'' = \\int y f''(y)\\, dy = 0, \\qquad \\int_{-M}^{M} \\psi(x - y) f''(y)\\, dy = f(x)",
            hypotheses =
                    "$f$ twice differentiable with support in $[-M, M]$: the linear function $L$ of the proof is $0$")
    void noLinearFunctionIsLeftOver(@ForAll("bumps") Bump drawn, ClaimRun run) {
        run.covers("q: " + drawn.factor).covers("M = " + drawn.radius);
        double radius = drawn.radius;
        double tolerance = tolerance(drawn);
        PiecewisePolynomial plain = new Bump(radius, 4, Factor.ONE, 1, 0).function(4);
        run.check("moments of f''", new Moments(drawn.function(drawn.power), 0, 1), (form, lab) -> {
                    PiecewisePolynomial curvature = form.f.derivative().derivative();
                    return Comparison.equal(
                            new double[] {
                                radius * moment(curvature, form.first, radius),
                                radius * moment(curvature, form.second, radius)
                            },
                            new double[2],
                            tolerance,
                            ROUNDING);
                })
                .falsifiedBy("kinks at the ends", new Moments(drawn.function(1), 0, 1))
                .falsifiedBy("jumps at the ends", new Moments(parabola(radius), 0, 1))
                .falsifiedBy("the second moment", new Moments(plain, 0, 2));
        run.check("L", drawn.function(drawn.power), (f, lab) -> {
                    ReluMixture mixture = ReluMixture.of(f);
                    return Comparison.equal(
                            map(grid(radius), x -> mixture.mass() * mixture.expectation(x) - f.value(x)),
                            new double[61],
                            tolerance,
                            ROUNDING);
                })
                .falsifiedBy("kinks at the ends", drawn.function(1))
                .falsifiedBy("jumps at the ends", parabola(radius));
    }

    /** {@code int (y/M)^k g(y) dy}. */
    private static double moment(PiecewisePolynomial g, int k, double radius) {
        double[] power = new double[k + 1];
        power[k] = Math.pow(radius, -k);
        return g.times(new PolynomialFunction(power)).integral(-radius, radius);
    }

    /** {@code u^2 / 2} on [-M, M]. */
    private static PiecewisePolynomial parabola(double radius) {
        return PiecewisePolynomial.of(new double[] {-radius, radius}, new PolynomialFunction(new double[] {0, 0, 0.5}));
    }

    private static double tolerance(Bump drawn) {
        return 64 * 0x1p-53 * 2.5 * 2 * drawn.size();
    }

    private static double[] grid(double radius) {
        return IntStream.rangeClosed(-30, 30).mapToDouble(i -> radius * i / 20).toArray();
    }

    private static double[] map(double[] values, DoubleUnaryOperator f) {
        return Arrays.stream(values).map(f).toArray();
    }
}
