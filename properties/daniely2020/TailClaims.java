package daniely2020;

import java.util.List;
import java.util.stream.DoubleStream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import org.lemmalab.claim.Claim;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.concentration.DiscreteLaw;
import org.lemmalab.concentration.OrliczNorm;
import org.lemmalab.stats.Comparison;
import org.lemmalab.stats.Decision;

/**
 * An Orlicz norm bounds the tail: Markov's inequality with the constant c = 1, which is the best.
 *
 * <h2>Source</h2>
 *
 * D20, Lemma 2, items 5 and 6.
 *
 * <h2>Statement</h2>
 *
 * <pre>{@code
 * P(|X| >= t) <= 2 exp(-c t^p / |X|_p^p),   c = 1,   p = 1, 2
 * }</pre>
 *
 * Equality for {@code |X| = 1} at t = 1.
 *
 * <h2>Instances</h2>
 *
 * Laws with up to six values, some rare, at every value; signs. N(0, 1), {@code |N(0, 1)|} centered, Exp(1), {@code Exp(1) - 1}, chi-square with one degree
 * of freedom and the uniform law, at t from 0.01 to 30.
 *
 * <h2>How it is checked</h2>
 *
 * The largest c for which a tail meets its bound, {@code (ln 2 - ln P(|X| >= t)) |X|_p^p / t^p}, is at least 1. Tails and norms are exact to rounding: 1e-13
 * for sums of six terms, 1e-12 with the continued fraction of erfc.
 *
 * <h2>Falsifiers</h2>
 *
 * c = 1.01 for signs; with p = 2 c = 1.4 for N(0, 1) (any c above 4/3 fails far out) and 1.1 for the centered half normal law; with p = 1 c = 1.7 and 2.2.
 */
class TailClaims {
    private static final double[] GRID =
            DoubleStream.iterate(0.01, t -> t <= 30, t -> 1.25 * t).toArray();

    @Provide
    Arbitrary<SmallLaw> laws() {
        return SmallLaw.any();
    }

    @Claim(
            id = "D20.lem2.5",
            statement = "P(|X| \\ge t) \\le 2 \\exp\\big(-c\\,t^2/\\|X\\|_{\\Psi_2}^2\\big)",
            hypotheses = "here $c = 1$")
    void subGaussianTail(@ForAll("laws") SmallLaw drawn, ClaimRun run) {
        run.covers(drawn.atoms() == 1 ? "constant" : "several values");
        run.check("few values", 1.0, (c, lab) -> fewValues(drawn, OrliczNorm.PSI_2, 2, c))
                .falsifiedBy("c = 1.01", 1.01);
        run.check(
                        "densities",
                        1.0,
                        (c, lab) -> densities(
                                List.of(
                                        ContinuousLaw.NORMAL,
                                        ContinuousLaw.CENTERED_HALF_NORMAL,
                                        ContinuousLaw.UNIFORM),
                                2,
                                c))
                .falsifiedBy("c = 1.1", 1.1)
                .falsifiedBy("c = 1.4", 1.4);
    }

    @Claim(
            id = "D20.lem2.6",
            statement = "P(|X| \\ge t) \\le 2 \\exp\\big(-c\\,t/\\|X\\|_{\\Psi_1}\\big)",
            hypotheses = "here $c = 1$")
    void subExponentialTail(@ForAll("laws") SmallLaw drawn, ClaimRun run) {
        run.covers(drawn.atoms() == 1 ? "constant" : "several values");
        run.check("few values", 1.0, (c, lab) -> fewValues(drawn, OrliczNorm.PSI_1, 1, c))
                .falsifiedBy("c = 1.01", 1.01);
        run.check("densities", 1.0, (c, lab) -> densities(List.of(ContinuousLaw.values()), 1, c))
                .falsifiedBy("c = 2.2", 2.2)
                .falsifiedBy("c = 1.7", 1.7);
    }

    private static Decision fewValues(SmallLaw drawn, OrliczNorm norm, int p, double c) {
        DoubleStream rates = DoubleStream.empty();
        for (DiscreteLaw law : List.of(drawn.x(), DiscreteLaw.signs(), SmallLaw.twoPoints(1e-6, 0))) {
            double size = norm.of(law);
            double[] tails = law.logTails();
            double[] values = law.values();
            for (int i = 0; i < values.length; i++) {
                if (values[i] != 0) {
                    double rate = (Math.log(2) - tails[i]) * Math.pow(size / Math.abs(values[i]), p);
                    rates = DoubleStream.concat(rates, DoubleStream.of(rate));
                }
            }
        }
        return Comparison.atLeast(rates.toArray(), c, 3 * SmallLaw.ROUNDING, "norms to 1e-13, six terms");
    }

    private static Decision densities(List<ContinuousLaw> laws, int p, double c) {
        double[] rates = laws.stream()
                .flatMapToDouble(law -> {
                    double size = p == 1 ? law.psi1() : law.psi2();
                    return DoubleStream.of(GRID)
                            .filter(t -> law.logTail(t) > Double.NEGATIVE_INFINITY)
                            .map(t -> (Math.log(2) - law.logTail(t)) * Math.pow(size / t, p));
                })
                .toArray();
        return Comparison.atLeast(rates, c, 1e-12, "erfc to 1e-13, norms to 2^-50");
    }
}
