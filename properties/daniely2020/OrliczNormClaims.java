package daniely2020;

import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import org.lemmalab.claim.Claim;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.concentration.DiscreteLaw;
import org.lemmalab.concentration.OrliczNorm;
import org.lemmalab.stats.Comparison;

/**
 * Orlicz norms of products, of Gaussians and of bounded variables.
 *
 * <h2>Source</h2>
 *
 * D20, Lemma 2, items 2, 3 and 4.
 *
 * <h2>Statement</h2>
 *
 * <pre>{@code
 * |XY|_1 <= |X|_2 |Y|_2                    without independence; equality for X = Y
 * |X|_2 = s sqrt(8/3)                      X normal with mean 0 and standard deviation s
 * |X|_2 <= |X|_infinity / sqrt(ln 2)       equality when |X| is constant
 * }</pre>
 *
 * <h2>Instances</h2>
 *
 * Joint laws with up to six values, some rare; on every instance also X = Y, signs, an event of probability {@code 1e-6}, and normal X and Y of any
 * correlation, 0 and 1 among them. Standard deviations from {@code 1e-4} to {@code 1e4}. The uniform law on [-1, 1].
 *
 * <h2>How it is checked</h2>
 *
 * Norms of discrete laws by Newton's method, to 1e-13. For normal factors {@code E exp(a |XY|)} is a sum over two pairs of quadrants,
 *
 * <pre>{@code
 * (1/pi) (pi/2 + arcsin(r + a (1 - r^2))) / sqrt((1 - a (1 + r)) (1 + a (1 - r)))   and the same with -r.
 * }</pre>
 *
 * The moment of one normal variable is summed by the trapezoidal rule with step s/8 on {@code |x| <= 40 s}, exact to rounding for {@code exp(-x^2/8)}:
 * 641 positive terms, and t takes a third of the moment's relative error.
 *
 * <h2>Falsifiers</h2>
 *
 * The constant 0.99 for 1; the psi_2 norm of the product; {@code sqrt(8 s/3)}, where s is read as the variance; 1.6 s; the constants 1 and 1.2 for bounded variables.
 */
class OrliczNormClaims {
    private static final int HALF = 320;

    @Provide
    Arbitrary<SmallLaw> laws() {
        return SmallLaw.any();
    }

    @Provide
    Arbitrary<Double> correlations() {
        return Arbitraries.doubles().between(-1, 1).ofScale(4);
    }

    @Provide
    Arbitrary<Double> deviations() {
        return Arbitraries.doubles().between(-4, 4).ofScale(2).map(power -> Math.pow(10, power));
    }

    /** A variant: the norm on the left and the factor on the right. */
    private record Product(OrliczNorm left, double constant) {}

    @Claim(
            id = "D20.lem2.2",
            statement = "\\|XY\\|_{\\Psi_1} \\le \\|X\\|_{\\Psi_2}\\,\\|Y\\|_{\\Psi_2}",
            hypotheses = "any joint law")
    void normOfAProduct(@ForAll("laws") SmallLaw drawn, @ForAll("correlations") double r, ClaimRun run) {
        run.covers(drawn.atoms() == 1 ? "constants" : "several values");
        DiscreteLaw rare = SmallLaw.twoPoints(1e-6, 0);
        run.check("few values", new Product(OrliczNorm.PSI_1, 1), (form, lab) -> {
                    double[] ratios = {
                        form.left.of(drawn.product())
                                / (OrliczNorm.PSI_2.of(drawn.x()) * OrliczNorm.PSI_2.of(drawn.y())),
                        form.left.of(drawn.x().map(x -> x * x)) / Math.pow(OrliczNorm.PSI_2.of(drawn.x()), 2),
                        form.left.of(DiscreteLaw.signs()) / Math.pow(OrliczNorm.PSI_2.of(DiscreteLaw.signs()), 2),
                        form.left.of(rare) / Math.pow(OrliczNorm.PSI_2.of(rare), 2)
                    };
                    return Comparison.atMost(ratios, form.constant, 3 * SmallLaw.ROUNDING, "three norms to 1e-13");
                })
                .falsifiedBy("0.99 for 1", new Product(OrliczNorm.PSI_1, 0.99))
                .falsifiedBy("psi_2 norm of the product", new Product(OrliczNorm.PSI_2, 1));
        run.check("correlated normal factors", 1.0, (constant, lab) -> {
                    double[] norms = {
                        productNorm(r), productNorm(0), productNorm(Math.sqrt(2 / Math.PI)), productNorm(1)
                    };
                    return Comparison.atMost(norms, constant * 8 / 3, 1e-14, "2^-50 and 10 roundings, norms below 3");
                })
                .falsifiedBy("0.99 for 1", 0.99);
    }

    private static double productNorm(double r) {
        return OrliczNorm.ofMoment(t -> ContinuousLaw.productMoment(r, 1 / t));
    }

    @Claim(
            id = "D20.lem2.3",
            statement = "X \\sim N(0, \\sigma) \\;\\Longrightarrow\\; \\|X\\|_{\\Psi_2} \\le C\\sigma",
            hypotheses = "$\\sigma$ the standard deviation; here $\\|X\\|_{\\Psi_2} = \\sigma\\sqrt{8/3}$")
    void normOfANormalVariable(@ForAll("deviations") double drawn, ClaimRun run) {
        run.covers(drawn < 1 ? "sigma < 1" : drawn > 1 ? "sigma > 1" : "sigma = 1");
        run.note("The second argument of N is read as the standard deviation; in $N(0, I_d)$ it is the covariance.");
        double[] deviations = {drawn, 1e-4, 1, 1e4};
        run.check("norm over the claimed one", (DoubleUnaryOperator) s -> s * Math.sqrt(8 / 3.0), (claimed, lab) -> {
                    double[] ratios = Arrays.stream(deviations)
                            .map(s -> OrliczNorm.ofMoment(t -> squareMoment(s, t)) / claimed.applyAsDouble(s))
                            .toArray();
                    double[] ones = {1, 1, 1, 1};
                    return Comparison.equal(
                            ratios, ones, 1e-13, "641 u for the sum, 40 u for exponents, a third of it");
                })
                .falsifiedBy("sqrt(8 s/3), s the variance", s -> Math.sqrt(8 * s / 3))
                .falsifiedBy("1.6 s", s -> 1.6 * s)
                .falsifiedBy("sqrt(2) s, where the moment becomes finite", s -> Math.sqrt(2) * s);
    }

    /** {@code E exp(X^2/t^2)} for X normal with standard deviation s. */
    private static double squareMoment(double s, double t) {
        double sum = 0;
        for (int i = -HALF; i <= HALF; i++) {
            double x = i / 8.0;
            sum += Math.exp(Math.pow(x * s / t, 2) - x * x / 2);
        }
        return sum / (8 * Math.sqrt(2 * Math.PI));
    }

    @Claim(
            id = "D20.lem2.4",
            statement = "\\|X\\|_{\\Psi_2} \\le C\\,\\|X\\|_\\infty",
            hypotheses = "here $C = 1/\\sqrt{\\ln 2} = 1.2011$")
    void normOfABoundedVariable(@ForAll("laws") SmallLaw drawn, ClaimRun run) {
        run.covers(drawn.atoms() == 1 ? "constant" : "several values").covers("scale " + drawn.scale());
        List<DiscreteLaw> laws = List.of(drawn.x(), DiscreteLaw.signs(), SmallLaw.twoPoints(1e-6, 0));
        run.check("norm over the bound", 1 / Math.sqrt(Math.log(2)), (constant, lab) -> {
                    double[] ratios = new double[laws.size() + 1];
                    for (int i = 0; i < laws.size(); i++) {
                        ratios[i] =
                                OrliczNorm.PSI_2.of(laws.get(i)) / laws.get(i).bound();
                    }
                    ratios[laws.size()] = ContinuousLaw.UNIFORM.psi2();
                    return Comparison.atMost(ratios, constant, 2 * SmallLaw.ROUNDING, "norms to 1e-13");
                })
                .falsifiedBy("C = 1", 1.0)
                .falsifiedBy("C = 1.2", 1.2);
    }
}
