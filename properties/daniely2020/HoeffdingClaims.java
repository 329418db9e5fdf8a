package daniely2020;

import java.util.List;
import java.util.stream.DoubleStream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import org.lemmalab.claim.Claim;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.concentration.OrliczNorm;
import org.lemmalab.stats.Comparison;

/**
 * The squared sub-Gaussian norm of a sum of independent centered variables is at most a constant times the sum of their squared norms.
 *
 * <h2>Source</h2>
 *
 * D20, Theorem 3 (Hoeffding).
 *
 * <h2>Statement</h2>
 *
 * <pre>{@code
 * |S|^2 <= C sum |X_i|^2                              C = (16/3) sqrt(ln 2) = 4.4403
 * P(|S| >= t) <= 2 exp(-c t^2 / sum |X_i|^2)          c = 1 / (4 sqrt(ln 2)) = 0.3003
 * }</pre>
 *
 * With {@code K = |X|} and X centered, {@code E exp(l X) <= exp(sqrt(ln 2) l^2 K^2)}: for {@code l K <= 1} by {@code e^x <= x + exp(x^2)} and Jensen's
 * inequality, {@code ln 2 < sqrt(ln 2)}; beyond by {@code l X <= l^2 K^2 / (2 b) + b X^2 / (2 K^2)} with {@code b = 1/sqrt(ln 2)}. So S is dominated by a
 * normal variable of variance {@code V = 2 sqrt(ln 2) sum K_i^2}: {@code |S|^2 <= 8 V / 3} and {@code P(|S| >= t) <= 2 exp(-t^2 / (2 V))}. Sums of signs show
 * that {@code C >= (8/3) ln 2 = 1.8484} and {@code c <= 1/(2 ln 2) = 0.7213}.
 *
 * <h2>Instances</h2>
 *
 * Sums of 1 to 1000 copies of a centered event of probability 1/100 to 1/2 and of up to four others, of a scale up to 40 times different; signs, 1 to 65536
 * of them.
 *
 * <h2>How it is checked</h2>
 *
 * Exactly: laws of sums are binomial or convolutions of two, in logarithms, so that no tail underflows. The tail's constant is the smallest
 * {@code (ln 2 - ln P(|S| >= t)) sum |X_i|^2 / t^2} over all values t of S. Norms of laws with up to 5005 values are exact to {@code 5005 u / ln 2 < 1e-12},
 * logarithms of tails to 1e-9: sizes up to 1e5, of which a sum over a few hundred neighbours matters.
 *
 * <h2>Falsifiers</h2>
 *
 * C = 1, 1.7 and 1.83 for sums of signs; events that are not centered. c = 0.75, 1 and 2.
 */
class HoeffdingClaims {
    /** A variant: the constant, and whether the summands are centered. */
    private record Form(double constant, boolean centered) {}

    @Provide
    Arbitrary<TwoPointSums> sums() {
        return TwoPointSums.any();
    }

    @Claim(
            id = "D20.thm3.norm",
            statement = "\\Big\\|\\sum_{i=1}^N X_i\\Big\\|_{\\Psi_2}^2 \\le C \\sum_{i=1}^N \\|X_i\\|_{\\Psi_2}^2",
            hypotheses = "$X_i$ independent and centered; here $C = \\tfrac{16}{3}\\sqrt{\\ln 2}$")
    void squaredNormsAdd(@ForAll("sums") TwoPointSums drawn, ClaimRun run) {
        run.covers(drawn.label());
        List<TwoPointSums> sums =
                List.of(drawn, TwoPointSums.signs(2), TwoPointSums.signs(16), TwoPointSums.signs(256));
        double claimed = 16 / 3.0 * Math.sqrt(Math.log(2));
        run.check("squared norm over the sum", new Form(claimed, true), (form, lab) -> {
                    double[] ratios = sums.stream()
                            .mapToDouble(s -> Math.pow(OrliczNorm.PSI_2.of(s.sum(form.centered)), 2)
                                    / s.squares(OrliczNorm.PSI_2, form.centered))
                            .toArray();
                    return Comparison.atMost(ratios, form.constant, 1e-11, "norms to 1e-12");
                })
                .falsifiedBy("C = 1", new Form(1, true))
                .falsifiedBy("C = 1.7", new Form(1.7, true))
                .falsifiedBy("C = 1.83", new Form(1.83, true))
                .falsifiedBy("events that are not centered", new Form(claimed, false));
    }

    @Claim(
            id = "D20.thm3.tail",
            statement = "P\\Big(\\Big|\\sum_{i=1}^N X_i\\Big| \\ge t\\Big) \\le"
                    + " 2 \\exp\\Big(-\\frac{c\\,t^2}{\\sum_{i=1}^N \\|X_i\\|_{\\Psi_2}^2}\\Big)",
            hypotheses = "$X_i$ independent and centered; here $c = 1/(4\\sqrt{\\ln 2})$",
            instances = 30)
    void sumsHaveGaussianTails(@ForAll("sums") TwoPointSums drawn, ClaimRun run) {
        run.covers(drawn.label());
        List<TwoPointSums> sums =
                List.of(drawn, TwoPointSums.signs(1), TwoPointSums.signs(400), TwoPointSums.signs(65536));
        double[] rates = sums.stream().flatMapToDouble(HoeffdingClaims::rates).toArray();
        run.check(
                        "constant of the tail",
                        1 / (4 * Math.sqrt(Math.log(2))),
                        (c, lab) -> Comparison.atLeast(rates, c, 1e-9, "logarithms of tails to 1e-9"))
                .falsifiedBy("c = 0.75", 0.75)
                .falsifiedBy("c = 1", 1.0)
                .falsifiedBy("c = 2", 2.0);
    }

    private static DoubleStream rates(TwoPointSums sums) {
        double squares = sums.squares(OrliczNorm.PSI_2, true);
        double[] values = sums.sum(true).values();
        double[] tails = sums.sum(true).logTails();
        double[] rates = new double[values.length];
        for (int i = 0; i < rates.length; i++) {
            boolean positive = Math.abs(values[i]) > 1e-9 * Math.sqrt(squares);
            rates[i] = positive ? (Math.log(2) - tails[i]) * squares / (values[i] * values[i]) : Double.NaN;
        }
        return DoubleStream.of(rates).filter(rate -> !Double.isNaN(rate));
    }
}
