package ghorbani2019;

import ghorbani2019.PopulationRisks.Formula;
import ghorbani2019.PopulationRisks.Regime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.lemmalab.claim.Check;
import org.lemmalab.claim.Claim;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.claim.Figure;
import org.lemmalab.data.GaussianMixture;
import org.lemmalab.data.QuadraticTarget;
import org.lemmalab.random.RandomStream;
import org.lemmalab.risk.BayesRisk;
import org.lemmalab.risk.NetworkRisk;
import org.lemmalab.risk.TangentLimit;
import org.lemmalab.stats.Comparison;

/**
 * The risks of random features, tangent classes and trained networks against the number of neurons, in the paper's dimension.
 *
 * <h2>Source</h2>
 *
 * G19, Figures 1 and 2, left frames, and section 4.
 *
 * <h2>Statement</h2>
 *
 * Activation {@code z^2 - 1}, {@code d = 450} (in quick 180), {@code N = d/10} to 10 d, all from the population. The exact risks lie on the formulas
 *
 * <pre>{@code
 * quadratic target:  RF 1 - t rho/(1 + rho),  RF with Gamma = B/tr B: t/(t + rho),  NT (1-rho)_+^2 (1-t) + (1-rho)_+ t,
 *                    NN 1 - sum_(i <= N) l_i(B)^2 / |B|_F^2,                        t = (tr B)^2 / (d |B|_F^2)
 * mixture:           RF 1 / (1 + rho/(1 + rho) t F/2),  NT 1 / (1 + kappa F/2),  NN 1 / (1 + sum_(i <= N) l_i(Delta)^2 / 2),
 *                    F = |Delta|_F^2,  t = (tr Delta)^2 / (d F)
 * }</pre>
 *
 * and come in the order NN, NT, RF for {@code N < d}, above the Bayes risk.
 *
 * <h2>Instances</h2>
 *
 * The paper's: B diagonal with entries of law Exp(1); Delta diagonal with entries from {@code {2, 1.5, 1} / sqrt d}, {@code Sigma = I}. Drawn
 * once, with one draw of the weights, of which each N takes the first. The paper trains and estimates; here nothing is: all risks are exact.
 *
 * <h2>How it is checked</h2>
 *
 * For quantiles of these laws the mean gap between exact risk and formula vanishes like 1/d ({@link RiskLadder}): this decides about the
 * formulas. At d = 450 a point may be as far from its formula as the mean gap at d = 160 plus six standard deviations there, estimated from
 * eight draws of target and weights at the same N/d. Both fall like 1/d, so this is 2.8 times what is expected of the mean, and 17 standard
 * deviations.
 *
 * <h2>Falsifiers</h2>
 *
 * {@code rho/(1 + 2 rho)} in RF; the isotropic formula for aligned weights; {@code + t} in NT, or no {@code 1 - t}; first powers or
 * unordered eigenvalues in NN; neighbours in the order exchanged.
 */
class PopulationRiskClaims {
    private static final double[] LADDER = {0.3, 0.5, 2};

    private static double rest(double rho) {
        return Math.max(1 - rho, 0);
    }

    private static double share(double rho) {
        return rho / (1 + rho);
    }

    private static final Formula<QuadraticTarget> RF = (f, rho) -> 1 - share(rho) * f.traceShare();
    private static final Formula<QuadraticTarget> ALIGNED = (f, rho) -> f.traceShare() / (f.traceShare() + rho);
    private static final Formula<QuadraticTarget> NT = (f, rho) -> TangentLimit.quadratic(rho, f.traceShare());
    private static final Formula<QuadraticTarget> NN = (f, rho) -> 1 - leading(f, rho, 2);
    private static final Formula<QuadraticTarget> RF_AS_PRINTED_FOR_MIXTURES =
            (f, rho) -> 1 - rho / (1 + 2 * rho) * f.traceShare();
    private static final Formula<QuadraticTarget> NT_PLUS_T =
            (f, rho) -> rest(rho) * rest(rho) + rho * rest(rho) + f.traceShare();
    private static final Formula<QuadraticTarget> NT_WITHOUT_T = (f, rho) -> rest(rho);

    /** The part of {@code sum l_i^power} that the {@code rho d} largest have. */
    private static double leading(QuadraticTarget target, double rho, double power) {
        double[] powers = IntStream.range(0, target.dimension())
                .mapToDouble(i -> -Math.pow(target.matrix().get(i, i), power))
                .sorted()
                .map(x -> -x)
                .toArray();
        int n = (int) Math.round(rho * powers.length);
        return Arrays.stream(powers).limit(n).sum() / Arrays.stream(powers).sum();
    }

    private static QuadraticTarget exponential(int d, RandomStream stream) {
        double[] diagonal = new double[d];
        Arrays.setAll(diagonal, i -> -Math.log1p(-stream.uniform()));
        return QuadraticTarget.diagonal(diagonal);
    }

    @Claim(
            id = "G19.fig1-left",
            statement =
                    "\\text{Figure 1, left: } R_{\\mathrm{RF}}, R_{\\mathrm{NT}}, R_{\\mathrm{NN}} \\text{ against } N/d"
                            + " \\text{ lie on (12), Theorem 2 and Theorem 3}",
            hypotheses =
                    "$\\sigma(z) = z^2 - 1$, $B$ diagonal with entries of law Exp(1), $d = 450$, $N = 45, \\ldots, 4500$")
    void risksOnAQuadraticTargetLieOnTheFormulas(ClaimRun run) {
        RiskPoints<QuadraticTarget> points = RiskPoints.draw(
                run,
                PopulationRiskClaims::exponential,
                (target, stream) -> PopulationRisks.of(target, RiskPoints.RATIOS, stream, Regime.values()));
        points.check(run, Regime.RANDOM_FEATURES, RF).falsifiedBy("rho/(1 + 2 rho)", RF_AS_PRINTED_FOR_MIXTURES);
        points.check(run, Regime.ALIGNED_FEATURES, ALIGNED)
                .falsifiedBy("isotropic", RF)
                .falsifiedBy("half of rho", (f, rho) -> ALIGNED.at(f, rho / 2));
        points.check(run, Regime.TANGENT, NT).falsifiedBy("+ t", NT_PLUS_T).falsifiedBy("no 1 - t", NT_WITHOUT_T);
        points.check(run, Regime.NETWORK, NN)
                .falsifiedBy("first powers", (f, rho) -> 1 - leading(f, rho, 1))
                .falsifiedBy("eigenvalues of any order", NT_WITHOUT_T);
        points.checkOrder(run, "NN below NT", Regime.NETWORK, Regime.TANGENT);
        points.checkOrder(run, "NT below RF", Regime.TANGENT, Regime.RANDOM_FEATURES);
        points.checkOrder(run, "RF with Gamma = B / tr B below RF", Regime.ALIGNED_FEATURES, Regime.RANDOM_FEATURES);

        RiskLadder ladder = new RiskLadder(run, "ladder", d -> {
            QuadraticTarget target = TargetFamily.EXPONENTIAL.of(d);
            return stream -> {
                PopulationRisks<QuadraticTarget> exact = PopulationRisks.of(
                        target, LADDER, stream, Regime.RANDOM_FEATURES, Regime.ALIGNED_FEATURES, Regime.TANGENT);
                return new double[] {
                    exact.of(Regime.RANDOM_FEATURES)[2],
                    exact.of(Regime.ALIGNED_FEATURES)[1],
                    exact.of(Regime.TANGENT)[0],
                    exact.of(Regime.TANGENT)[1]
                };
            };
        });
        IntFunction<QuadraticTarget> quantiles = TargetFamily.EXPONENTIAL::of;
        tends(run, "limit of RF, N/d = 2", ladder, 0, quantiles, RF, 2)
                .falsifiedBy("rho/(1 + 2 rho)", RF_AS_PRINTED_FOR_MIXTURES);
        tends(run, "limit of RF with Gamma = B / tr B, N/d = 1/2", ladder, 1, quantiles, ALIGNED, 0.5)
                .falsifiedBy("isotropic", RF);
        tends(run, "limit of NT, N/d = 0.3", ladder, 2, quantiles, NT, 0.3).falsifiedBy("+ t", NT_PLUS_T);
        tends(run, "limit of NT, N/d = 1/2", ladder, 3, quantiles, NT, 0.5).falsifiedBy("no 1 - t", NT_WITHOUT_T);

        Map<Regime, Formula<QuadraticTarget>> formulas = new EnumMap<>(Map.of(
                Regime.RANDOM_FEATURES, RF, Regime.ALIGNED_FEATURES, ALIGNED, Regime.TANGENT, NT, Regime.NETWORK, NN));
        run.figure(new Figure(
                "G19.fig1-left",
                "Risk on a quadratic target against the number of neurons",
                "d = " + points.dimension()
                        + ", B diagonal with entries drawn from Exp(1): exact population risks over |f*|^2 for one draw of the weights, and"
                        + " the formulas.",
                new Figure.Axis("N/d", true),
                new Figure.Axis("risk / |f*|^2", false),
                points.series(formulas)));
        run.figure(points.gapFigure("G19.fig1-left-gaps", formulas));
    }

    private static <M> Check<Formula<M>> tends(
            ClaimRun run, String part, RiskLadder ladder, int k, IntFunction<M> model, Formula<M> claimed, double rho) {
        return run.check(part, claimed, (formula, lab) -> ladder.tendsTo(k, d -> formula.at(model.apply(d), rho), lab));
    }

    private static final Formula<GaussianMixture> MIXTURE_RF = (m, rho) -> 1 / (1 + share(rho) * traces(m));
    private static final Formula<GaussianMixture> MIXTURE_NT =
            (m, rho) -> TangentLimit.isotropicMixture(rho, delta(m).traceShare(), delta(m).frobeniusSquared());
    private static final Formula<GaussianMixture> MIXTURE_NN =
            (m, rho) -> NetworkRisk.limit(m, (int) Math.round(rho * m.dimension()));
    private static final Formula<GaussianMixture> MIXTURE_RF_PRINTED =
            (m, rho) -> 1 / (1 + rho / (1 + 2 * rho) * traces(m));

    private static QuadraticTarget delta(GaussianMixture mixture) {
        return new QuadraticTarget(mixture.delta(), 0);
    }

    /** {@code (tr Delta)^2 / (2 d)}. */
    private static double traces(GaussianMixture mixture) {
        double trace = delta(mixture).trace();
        return trace * trace / (2 * mixture.dimension());
    }

    private static GaussianMixture threeLevels(int d, RandomStream stream) {
        double[] diagonal = new double[d];
        Arrays.setAll(diagonal, i -> (2 - 0.5 * stream.integer(3)) / Math.sqrt(d));
        return GaussianMixture.isotropic(diagonal);
    }

    @Claim(
            id = "G19.fig2-left",
            statement =
                    "\\text{Figure 2, left: } R_{\\mathrm{RF}}, R_{\\mathrm{NT}}, R_{\\mathrm{NN}} \\text{ against } N/d"
                            + " \\text{ lie on Theorems 4, 5 and 6, above the Bayes risk}",
            hypotheses =
                    "$\\sigma(z) = z^2 - 1$, $\\Sigma = I$, $\\Delta$ diagonal with entries from $\\{2, 1.5, 1\\}/\\sqrt d$,"
                            + " $d = 450$, $N = 45, \\ldots, 4500$; the line of RF is Theorem 4's, $\\rho/(1 + \\rho)$")
    void risksOnAMixtureLieOnTheFormulas(ClaimRun run) {
        Regime[] regimes = {Regime.RANDOM_FEATURES, Regime.TANGENT, Regime.NETWORK};
        RiskPoints<GaussianMixture> points = RiskPoints.draw(
                run,
                PopulationRiskClaims::threeLevels,
                (mixture, stream) -> PopulationRisks.of(mixture, RiskPoints.RATIOS, stream, regimes));
        Formula<GaussianMixture> plusT =
                (m, rho) -> 1 / (1 + (1 - NT_PLUS_T.at(delta(m), rho)) * delta(m).frobeniusSquared() / 2);
        points.check(run, Regime.RANDOM_FEATURES, MIXTURE_RF).falsifiedBy("rho/(1 + 2 rho)", MIXTURE_RF_PRINTED);
        points.check(run, Regime.TANGENT, MIXTURE_NT)
                .falsifiedBy("kappa with + t", plusT)
                .falsifiedBy("without the half", (m, rho) -> 1 / (2 / MIXTURE_NT.at(m, rho) - 1));
        points.check(run, Regime.NETWORK, MIXTURE_NN)
                .falsifiedBy("without the half", (m, rho) -> 1 / (2 / MIXTURE_NN.at(m, rho) - 1))
                .falsifiedBy(
                        "eigenvalues of any order",
                        (m, rho) -> 1 / (1 + Math.min(rho, 1) * delta(m).frobeniusSquared() / 2));
        points.checkOrder(run, "NN below NT", Regime.NETWORK, Regime.TANGENT);
        points.checkOrder(run, "NT below RF", Regime.TANGENT, Regime.RANDOM_FEATURES);
        double bayes = BayesRisk.squareLimit(delta(points.large().model()).frobeniusSquared() / 2);
        run.check(
                        "Bayes risk below NN",
                        1.0,
                        (factor, lab) -> Comparison.atMost(
                                factor * bayes,
                                Arrays.stream(points.large().of(Regime.NETWORK))
                                        .min()
                                        .orElseThrow(),
                                0,
                                "an order: no tolerance"))
                .falsifiedBy("a quarter more", 1.25);

        RiskLadder ladder = new RiskLadder(run, "ladder", 24, d -> {
            GaussianMixture mixture = MixtureFamily.THREE_LEVELS.of(d);
            return stream -> new double[] {
                PopulationRisks.of(mixture, new double[] {2}, stream, Regime.RANDOM_FEATURES)
                        .of(Regime.RANDOM_FEATURES)[0],
                PopulationRisks.of(mixture, new double[] {0.5}, stream, Regime.TANGENT)
                        .of(Regime.TANGENT)[0]
            };
        });
        IntFunction<GaussianMixture> levels = MixtureFamily.THREE_LEVELS::of;
        tends(run, "limit of RF, N/d = 2", ladder, 0, levels, MIXTURE_RF, 2)
                .falsifiedBy("rho/(1 + 2 rho)", MIXTURE_RF_PRINTED);
        tends(run, "limit of NT, N/d = 1/2", ladder, 1, levels, MIXTURE_NT, 0.5).falsifiedBy("kappa with + t", plusT);

        Map<Regime, Formula<GaussianMixture>> formulas = new EnumMap<>(
                Map.of(Regime.RANDOM_FEATURES, MIXTURE_RF, Regime.TANGENT, MIXTURE_NT, Regime.NETWORK, MIXTURE_NN));
        List<Figure.Series> series = new ArrayList<>(points.series(formulas));
        series.add(new Figure.Series(
                "Bayes risk, limit",
                Figure.Style.DASHED,
                new double[] {0.1, 10},
                new double[] {bayes, bayes},
                new double[0],
                new double[0]));
        run.figure(new Figure(
                "G19.fig2-left",
                "Risk on a mixture against the number of neurons",
                "d = " + points.dimension()
                        + ", Sigma = I, Delta diagonal with entries drawn from {2, 1.5, 1}/sqrt(d): exact population risks for one draw of the"
                        + " weights, and the formulas.",
                new Figure.Axis("N/d", true),
                new Figure.Axis("risk", false),
                series));
        run.figure(points.gapFigure("G19.fig2-left-gaps", formulas));
    }
}
