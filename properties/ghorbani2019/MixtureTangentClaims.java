package ghorbani2019;

import ghorbani2019.SmallMixture.Levels;
import ghorbani2019.SmallMixture.Neurons;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.function.UnaryOperator;
import java.util.stream.DoubleStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import org.ejml.data.DMatrixRMaj;
import org.lemmalab.claim.Check;
import org.lemmalab.claim.Claim;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.data.GaussianMixture;
import org.lemmalab.data.QuadraticTarget;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.random.RandomStream;
import org.lemmalab.risk.TangentLimit;
import org.lemmalab.risk.TangentRisk;
import org.lemmalab.risk.WeightLaw;
import org.lemmalab.stats.Comparison;
import org.lemmalab.stats.Decision;
import org.lemmalab.stats.Rate;

/**
 * The least risk of the tangent class of a quadratic network on a mixture: what the weights' span sees of Delta.
 *
 * <h2>Source</h2>
 *
 * G19, Theorem 5 and the second row of (17).
 *
 * <h2>Statement</h2>
 *
 * With {@code D = Sigma^(-1/2) Delta Sigma^(-1/2)}, P the projection on the complement of the span of {@code Sigma^(1/2) w_i}, and
 * {@code q = |D|_F^2 - |P D P|_F^2},
 *
 * <pre>{@code
 * R_NT = 2 / (2 + q) + o(1);   at every d, with e = |D|_op^2 < 1:  2 / (2 + q/(1 - e)) <= R_NT <= 2 / (2 + q/(1 + e))
 * Sigma = I, w_i ~ N(0, I/d):  R_NT = 2 / (2 + kappa |Delta|_F^2) + o(1),
 *      kappa = 1 - (1 - rho)_+^2 (1 - t) - (1 - rho)_+ t,   t = (tr Delta)^2 / (d |Delta|_F^2)
 * rho >= 1:  R_NT = 1 / (1 + |Delta|_F^2 / 2) + o(1);   at every d, for weights of rank d:  2 / (2 + sum_i l_i^2 / (1 + l_i^2))
 * }</pre>
 *
 * <h2>Instances</h2>
 *
 * Dense mixtures in up to 6 dimensions with weights of every rank, N above d and collinear neurons among them ({@link SmallMixture}); and
 * the families of {@link MixtureFamily}.
 *
 * <h2>How it is checked</h2>
 *
 * The exact risk ({@link TangentRisk}) solves {@code Pi(X + D X D) = Pi(D)}, an operator between {@code 1 - e} and {@code 1 + e}: hence the
 * two-sided bounds. {@code e = O(1/d)}, so that for given weights the exact risk less the formula goes like 1/d; the exponent of each
 * repetition of a ladder is taken. The mean over weights of the exact risk less the formula with kappa vanishes like 1/d
 * ({@link RiskLadder}). At {@code N >= d} the closed form is compared, and the limit is approached without any sampling: its exponent is off
 * by less than {@code log(1 + 4/48) / log 4 = 0.06}. Rounding: 1000 terms of at most 4, Sigma's condition is below 7, {@code 1/(1 - e) <= 6}:
 * below 1e-10.
 *
 * <h2>Falsifiers</h2>
 *
 * Delta or the weights not whitened; 1 in place of 2; without the projection; other exponents; kappa with (13)'s {@code + t}, with
 * {@code (1 - rho)_+} for its square; the limit at finite d; weights of a lower rank; without the half.
 */
class MixtureTangentClaims {
    private static final double ROUNDING = 1e-10;
    private static final String ROUNDINGS = "1000 terms of at most 4, condition 7, 1/(1 - e) <= 6, u = 1.1e-16";
    private static final double[] LADDER = {40, 80, 160};

    @Provide
    Arbitrary<SmallMixture> mixtures() {
        return SmallMixture.any(6, Levels.values());
    }

    @Provide
    Arbitrary<MixtureFamily> families() {
        return Arbitraries.of(MixtureFamily.values());
    }

    @Provide
    Arbitrary<MixtureFamily> aligned() {
        return Arbitraries.of(MixtureFamily.THREE_LEVELS, MixtureFamily.CONSTANT, MixtureFamily.NEGATIVE);
    }

    @Provide
    Arbitrary<Double> ratios() {
        return Arbitraries.of(0.3, 0.5, 0.7);
    }

    /** What the weights explain of a mixture: q. */
    private interface Form {
        double explained(GaussianMixture mixture, DMatrixRMaj weights);
    }

    /** What is explained, of {@code q} and {@code |D|_F^2}, and the exponent at which the exact risk tends to the formula with it. */
    private record Approach(DoubleBinaryOperator explained, double exponent) {}

    private static double explained(GaussianMixture mixture, DMatrixRMaj weights) {
        return explained(mixture.whitened(), LinearAlgebra.product(weights, mixture.root()));
    }

    /** {@code |D|_F^2 - |P D P|_F^2}, P the projection on the complement of the rows' span. */
    private static double explained(DMatrixRMaj delta, DMatrixRMaj rows) {
        return LinearAlgebra.dot(delta.data, delta.data) - TangentRisk.of(new QuadraticTarget(delta, 0), rows) / 2;
    }

    @Claim(
            id = "G19.thm5-proj",
            statement = "R_{\\mathrm{NT},N} = \\frac{2}{2 + \\|\\tilde\\Delta\\|_F^2"
                    + " - \\|P_\\perp \\tilde\\Delta P_\\perp\\|_F^2} + o_d(1)",
            hypotheses = "$\\sigma(z) = z^2$, M1, M2, $P_\\perp$ the projection on the complement of"
                    + " $\\operatorname{span}(\\Sigma^{1/2} W)$; here the difference goes like $1/d$, and at every $d$ the risk lies"
                    + " between the formulas with $q/(1 \\mp \\|\\tilde\\Delta\\|_{op}^2)$")
    void tangentClassSeesWhatTouchesTheSpan(
            @ForAll("mixtures") SmallMixture drawn,
            @ForAll("families") MixtureFamily family,
            @ForAll("ratios") double ratio,
            ClaimRun run) {
        drawn.cover(run);
        run.covers("family " + family.name().toLowerCase(Locale.ROOT));
        run.note("For N > d the inverse in the paper's formula for the projection is read as a pseudo-inverse: the"
                + " projection is the one its words define.");
        List<SmallMixture> mixtures = new ArrayList<>(List.of(drawn));
        for (int k = 0; k < 20; k++) {
            mixtures.add(new SmallMixture(6, 3, Levels.INDEFINITE, 0.3, Neurons.GAUSSIAN, k));
        }
        run.check("two-sided bounds", (Form) MixtureTangentClaims::explained, (form, lab) -> isBetween(mixtures, form))
                .falsifiedBy("Delta not whitened", (m, w) -> explained(m.delta(), LinearAlgebra.product(w, m.root())))
                .falsifiedBy("weights not whitened", (m, w) -> explained(m.whitened(), w))
                .falsifiedBy("a neuron less", (m, w) -> w.numRows == 1 ? 0 : explained(m, without(w)))
                .falsifiedBy("4 in place of 2", (m, w) -> explained(m, w) / 2);
        Draws draws = new Draws(family, ratio, run.stream().part("weights"));
        DoubleBinaryOperator q = (touched, whole) -> touched;
        run.check(
                        "approach for given weights",
                        new Approach(q, -1),
                        (form, lab) -> Rate.perReplicate(form.exponent, 0.2, LADDER)
                                .clippedTo(form.exponent - 0.5, form.exponent + 0.5)
                                .decide(index -> draws.gaps(index, form.explained), lab.terms()))
                .falsifiedBy("1 in place of 2", new Approach((touched, whole) -> 2 * touched, -1))
                .falsifiedBy("without the projection", new Approach((touched, whole) -> whole, -1))
                .falsifiedBy("like d^-3/2", new Approach(q, -1.5))
                .falsifiedBy("like d^-1/2", new Approach(q, -0.5));
    }

    /** Weights in each dimension, each drawn once: the exact risk, {@code q} and {@code |D|_F^2}. */
    private static final class Draws {
        private final GaussianMixture[] mixtures;
        private final WeightLaw[] laws;
        private final double ratio;
        private final RandomStream stream;
        private final Map<Long, double[][]> drawn = new ConcurrentHashMap<>();

        Draws(MixtureFamily family, double ratio, RandomStream stream) {
            mixtures = Arrays.stream(LADDER).mapToObj(d -> family.of((int) d)).toArray(GaussianMixture[]::new);
            laws = Arrays.stream(LADDER)
                    .mapToObj(d -> WeightLaw.isotropic((int) d))
                    .toArray(WeightLaw[]::new);
            this.ratio = ratio;
            this.stream = stream;
        }

        double[] gaps(long index, DoubleBinaryOperator explained) {
            return Arrays.stream(drawn.computeIfAbsent(index, this::draw))
                    .mapToDouble(v -> Math.abs(v[0] - 2 / (2 + explained.applyAsDouble(v[1], v[2]))))
                    .toArray();
        }

        private double[][] draw(long index) {
            double[][] values = new double[LADDER.length][];
            for (int j = 0; j < values.length; j++) {
                DMatrixRMaj w = laws[j].draw(
                        (int) (ratio * LADDER[j]), stream.trial(index).part("d = " + LADDER[j]));
                double[] delta = mixtures[j].whitened().data;
                values[j] = new double[] {
                    TangentRisk.of(mixtures[j], w), explained(mixtures[j], w), LinearAlgebra.dot(delta, delta)
                };
            }
            return values;
        }
    }

    private static Decision isBetween(List<SmallMixture> mixtures, Form form) {
        double[] exact = new double[mixtures.size()];
        double[] low = new double[exact.length];
        double[] high = new double[exact.length];
        for (int k = 0; k < exact.length; k++) {
            GaussianMixture mixture = mixtures.get(k).mixture();
            DMatrixRMaj weights = mixtures.get(k).weights();
            double e = mixtures.get(k).size() * mixtures.get(k).size();
            double q = form.explained(mixture, weights);
            exact[k] = TangentRisk.of(mixture, weights);
            low[k] = 2 / (2 + q / (1 - e));
            high[k] = 2 / (2 + q / (1 + e));
        }
        return Decision.worst(List.of(
                Comparison.atLeast(exact, low, ROUNDING, ROUNDINGS),
                Comparison.atMost(exact, high, ROUNDING, ROUNDINGS)));
    }

    private static DMatrixRMaj without(DMatrixRMaj weights) {
        int rows = weights.numRows - 1;
        return new DMatrixRMaj(rows, weights.numCols, true, Arrays.copyOf(weights.data, rows * weights.numCols));
    }

    private static final DoubleBinaryOperator KAPPA = (rho, t) -> 1 - square(rest(rho)) * (1 - t) - rest(rho) * t;
    private static final DoubleBinaryOperator WITH_PLUS_T = (rho, t) -> 1 - square(rest(rho)) - rho * rest(rho) - t;

    @Claim(
            id = "G19.thm5-kappa",
            statement = "R_{\\mathrm{NT},N} = \\frac{2}{2 + \\kappa \\|\\Delta\\|_F^2} + o_{d,P}(1), \\quad"
                    + " \\kappa = 1 - (1 - \\rho)_+^2 (1 - t) - (1 - \\rho)_+ t, \\quad"
                    + " t = \\frac{\\operatorname{Tr}(\\Delta)^2}{d \\|\\Delta\\|_F^2}",
            hypotheses =
                    "$\\sigma(z) = z^2$, $\\Sigma = I$, M2, $w_i \\sim N(0, I/d)$, $N/d \\to \\rho$; here the mean gap"
                            + " vanishes like $1/d$",
            instances = 2)
    void isotropicTangentClassSeesAShareOfDelta(
            @ForAll("aligned") MixtureFamily aligned, @ForAll("ratios") double ratio, ClaimRun run) {
        run.covers("family " + aligned.name().toLowerCase(Locale.ROOT)).covers("rho = " + ratio);
        DoubleBinaryOperator root = (rho, t) -> 1 - rest(rho);
        run.check("1 less the risk of Theorem 2", KAPPA, (kappa, lab) -> {
                    double[][] grid = grid();
                    return Comparison.equal(
                            map(grid, (rho, t) -> 1 - TangentLimit.quadratic(rho, t)),
                            map(grid, kappa),
                            8 * 0x1p-53,
                            "8 roundings of numbers up to 1");
                })
                .falsifiedBy("with (13)'s + t", WITH_PLUS_T)
                .falsifiedBy("without positive parts", (rho, t) -> 1 - square(1 - rho) * (1 - t) - (1 - rho) * t);
        ladder(run, "aligned", aligned, ratio, KAPPA).falsifiedBy("with (13)'s + t", WITH_PLUS_T);
        ladder(run, "without trace", MixtureFamily.INDEFINITE, ratio, KAPPA)
                .falsifiedBy("(1 - rho)_+ for its square", root)
                .falsifiedBy("t = 1/2", (rho, t) -> KAPPA.applyAsDouble(rho, 0.5));
    }

    @Claim(
            id = "G19.eq17-nt",
            statement = "R_{\\mathrm{NT},N} \\approx \\frac{1}{1 + \\kappa(\\rho, \\Delta) \\|\\Delta\\|_F^2 / 2}",
            hypotheses =
                    "$\\sigma(z) = z^2$, $\\Sigma = I$, M2, $w_i \\sim N(0, I/d)$, $N/d \\to \\rho$, $\\kappa$ of Theorem 5; here the"
                            + " mean gap vanishes like $1/d$",
            instances = 2)
    void rowOfTangentClassesIsTheirTheorem(@ForAll("aligned") MixtureFamily aligned, ClaimRun run) {
        run.covers("family " + aligned.name().toLowerCase(Locale.ROOT));
        DoubleUnaryOperator claimed = x -> 1 / (1 + x / 2);
        double[][] grid = grid();
        run.check(
                        "Theorem 5",
                        claimed,
                        (form, lab) -> Comparison.equal(
                                map(grid, (rho, t) -> TangentLimit.isotropicMixture(rho, t, 2.5)),
                                map(grid, (rho, t) -> form.applyAsDouble(2.5 * KAPPA.applyAsDouble(rho, t))),
                                16 * 0x1p-53,
                                "16 roundings of numbers up to 5"))
                .falsifiedBy("without the half", x -> 1 / (1 + x))
                .falsifiedBy("a quarter", x -> 1 / (1 + x / 4));
        ladder(run, "exact risk", aligned, 0.5, KAPPA)
                .falsifiedBy("without the half", (rho, t) -> 2 * KAPPA.applyAsDouble(rho, t))
                .falsifiedBy("with (13)'s + t", WITH_PLUS_T);
    }

    private static Check<DoubleBinaryOperator> ladder(
            ClaimRun run, String part, MixtureFamily family, double ratio, DoubleBinaryOperator claimed) {
        RiskLadder ladder = new RiskLadder(run, part, 24, d -> {
            WeightLaw law = WeightLaw.isotropic(d);
            GaussianMixture mixture = family.of(d);
            return stream -> new double[] {TangentRisk.of(mixture, law.draw((int) (ratio * d), stream))};
        });
        return run.check(
                part,
                claimed,
                (kappa, lab) -> ladder.tendsTo(
                        0,
                        d -> {
                            QuadraticTarget delta =
                                    new QuadraticTarget(family.of(d).delta(), 0);
                            double share = kappa.applyAsDouble(ratio, delta.traceShare());
                            return 1 / (1 + share * delta.frobeniusSquared() / 2);
                        },
                        lab));
    }

    /** Pairs of rho and t. */
    private static double[][] grid() {
        return DoubleStream.of(0.01, 0.1, 0.5, 0.9, 1, 1.5, 4)
                .boxed()
                .flatMap(rho -> DoubleStream.of(0, 0.3, 0.93, 1).mapToObj(t -> new double[] {rho, t}))
                .toArray(double[][]::new);
    }

    private static double[] map(double[][] grid, DoubleBinaryOperator f) {
        return Arrays.stream(grid).mapToDouble(p -> f.applyAsDouble(p[0], p[1])).toArray();
    }

    private static double rest(double rho) {
        return Math.max(1 - rho, 0);
    }

    private static double square(double x) {
        return x * x;
    }

    @Claim(
            id = "G19.thm5-rho1",
            statement = "\\rho \\ge 1: \\quad R_{\\mathrm{NT},N} = \\frac{1}{1 + \\|\\Delta\\|_F^2/2} + o_{d,P}(1)",
            hypotheses =
                    "$\\sigma(z) = z^2$, $\\Sigma = I$, M2, almost every $W$ with $N \\ge d$; here the difference goes like $1/d$",
            instances = 4)
    void wideTangentClassSeesAllOfDelta(@ForAll("mixtures") SmallMixture drawn, ClaimRun run) {
        drawn.cover(run);
        List<SmallMixture> mixtures = List.of(
                new SmallMixture(5, 5, Levels.INDEFINITE, 0.9, Neurons.GAUSSIAN, 1),
                new SmallMixture(5, 10, Levels.CONSTANT, 0.5, Neurons.GAUSSIAN, 2),
                new SmallMixture(
                        drawn.d(),
                        drawn.d() + drawn.n() - 1,
                        drawn.levels(),
                        drawn.size(),
                        Neurons.GAUSSIAN,
                        drawn.seed()));
        double[] closed = mixtures.stream()
                .mapToDouble(m -> 2
                        / (2
                                + Arrays.stream(m.eigenvalues())
                                        .map(l -> l * l / (1 + l * l))
                                        .sum()))
                .toArray();
        run.check(
                        "weights of rank d, exact",
                        UnaryOperator.<SmallMixture>identity(),
                        (change, lab) -> Comparison.equal(
                                mixtures.stream()
                                        .map(change)
                                        .mapToDouble(m -> TangentRisk.of(m.mixture(), m.weights()))
                                        .toArray(),
                                closed,
                                ROUNDING,
                                ROUNDINGS))
                .falsifiedBy(
                        "collinear neurons",
                        m -> new SmallMixture(m.d(), m.n(), m.levels(), m.size(), Neurons.COLLINEAR, m.seed()))
                .falsifiedBy("d - 1 neurons", m -> m.with(Math.max(1, m.d() - 1)));
        double[] sizes = {48, 96, 192};
        run.check("approach of the limit", new Wide(0.5, -1), (form, lab) -> {
                    List<Decision> decisions = new ArrayList<>();
                    for (MixtureFamily family : MixtureFamily.ISOTROPIC) {
                        double[] gaps = Arrays.stream(sizes)
                                .map(d -> form.gap(
                                        family.of((int) d),
                                        WeightLaw.isotropic((int) d).draw((int) d, lab.stream())))
                                .toArray();
                        decisions.add(Rate.exact(form.exponent, 0.1, sizes, gaps));
                    }
                    return Decision.worst(decisions);
                })
                .falsifiedBy("without the half", new Wide(1, -1))
                .falsifiedBy("like d^-3/2", new Wide(0.5, -1.5))
                .falsifiedBy("like d^-3/4", new Wide(0.5, -0.75));
    }

    /** {@code 1 / (1 + factor |Delta|_F^2)}, and the exponent at which the exact risk tends to it. */
    private record Wide(double factor, double exponent) {
        double gap(GaussianMixture mixture, DMatrixRMaj weights) {
            double square = LinearAlgebra.dot(mixture.delta().data, mixture.delta().data);
            return Math.abs(TangentRisk.of(mixture, weights) - 1 / (1 + factor * square));
        }
    }
}
