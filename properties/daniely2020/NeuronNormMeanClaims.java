package daniely2020;

import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import org.lemmalab.activation.BalancedActivations;
import org.lemmalab.activation.DecentActivation;
import org.lemmalab.activation.GaussianMoments;
import org.lemmalab.claim.Check;
import org.lemmalab.claim.Claim;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.numeric.GaussianIntegral;
import org.lemmalab.stats.Assumption.SecondMoment;
import org.lemmalab.stats.Comparison;

/**
 * The mean of a neuron's squared norm after the step of all examples but one.
 *
 * <h2>Source</h2>
 *
 * D20, Lemma 11: both means, and the first line of its proof.
 *
 * <h2>Statement</h2>
 *
 * With {@code S = sum_(i < m) y_i s'(<w, x_i>) x_i} and {@code eta g = a c S}, {@code c = ln d/(d sqrt q)}:
 *
 * <pre>{@code
 * E |eta g|^2     = c^2 (m-1) (E s'(G)^2 G^2 + (d-1) E s'(G)^2)  <=  m ln^2 d |s'|^2/(d q)
 * E |w + eta g|^2 = 1 + E |eta g|^2
 * E (1 + c <w, S>)^2 = 1 + c^2 (m-1) E s'(G)^2 G^2;     |c <w, S>|_psi2 <= c |s'| sqrt(8 (m-1)/3)
 * }</pre>
 *
 * <p>Neither {@code E s' = 0} nor {@code m <= d q} is needed, as the labels are fair. The psi-2 norm: {@code y_i s_i u_i}, with {@code u_i = <w, x_i>}
 * and {@code s_i = s'(u_i)}, is symmetric and at most {@code |s'| |u_i|}, so by contraction of fair signs it is at most that of
 * {@code |s'| sum y_i u_i}, which is Gaussian; equality for {@code |z|}.
 *
 * <h2>Instances</h2>
 *
 * Every activation of {@link BalancedActivations}, and ReLU, whose mean slope is 1/2.
 *
 * <h2>How it is checked</h2>
 *
 * For two others: all signs enumerated, nested quadrature over {@code (u_1, u_2)}, the mean over the other coordinates taken exactly; it is right to
 * 1e-11, being a quadrature of analytic pieces split at the kinks. For three others: by drawing samples, with s scaled to {@code E s'(G)^2 = 1}; their
 * second moments are at most {@code (1 + c (E |S|^4)^(1/4))^4} with {@code E |S|^4 <= 3 E |s x|^4 + 18 (E |s x|^2)^2}, as
 * {@code <v_i, v_k>^2 <= |v_i|^2 |v_k|^2}.
 *
 * <h2>Falsifiers</h2>
 *
 * m for m - 1, {@code ln d} and {@code |s'|} without the square, sqrt q for q, no d - 1, and 0.9 of each bound.
 */
class NeuronNormMeanClaims {
    private static final String QUADRATURE =
            "1e-11 of the numbers: 1e-13 from each quadrature, 450^2 terms of one sign";

    @Provide
    Arbitrary<DecentActivation> slopes() {
        return Arbitraries.of(Activations.WITH_RELU);
    }

    /** A form of a mean, from the setting. */
    private interface MeanForm extends ToDoubleFunction<LeaveOneOut> {}

    @Claim(
            id = "D20.lem11.E1",
            statement =
                    "1 \\le \\mathbb E \\|w_j + \\eta \\tilde g_j\\|^2 = 1 + c^2 (m-1) \\big(\\mathbb E \\sigma'(G)^2 G^2 + (d-1)"
                            + " \\mathbb E \\sigma'(G)^2\\big) \\le 1 + \\frac{m \\ln^2 d}{dq} \\|\\sigma'\\|_\\infty^2",
            hypotheses =
                    "$c = \\ln d/(d \\sqrt q)$, $G \\sim N(0, 1)$; the equality is a sharper form of the printed bounds")
    void theMeanOfTheSquaredNorm(@ForAll("slopes") DecentActivation s, ClaimRun run) {
        run.covers(s.name());
        means(run, s, 1);
    }

    @Claim(
            id = "D20.lem11.E2",
            statement = "\\mathbb E \\|\\eta \\tilde g_j\\|^2 = c^2 (m-1) \\big(\\mathbb E \\sigma'(G)^2 G^2 + (d-1)"
                    + " \\mathbb E \\sigma'(G)^2\\big) \\le \\frac{m \\ln^2 d}{dq} \\|\\sigma'\\|_\\infty^2",
            hypotheses =
                    "$c = \\ln d/(d \\sqrt q)$, $G \\sim N(0, 1)$; the equality is a sharper form of the printed bound")
    void theMeanOfTheSquaredChange(@ForAll("slopes") DecentActivation s, ClaimRun run) {
        run.covers(s.name());
        means(run, s, 0);
    }

    /** The checks of {@code E |start w + eta g|^2}, {@code start} 0 or 1. */
    private static void means(ClaimRun run, DecentActivation s, int start) {
        LeaveOneOut two = new LeaveOneOut(new StepSetting(s, 7, 3, 3));
        double d = 7;
        double exact = pairMean(
                s, two.setting().exampleRate(), (shift, squares) -> Math.pow(start + shift, 2) + (d - 1) * squares);
        GaussianMoments moments = GaussianMoments.of(s);
        MeanForm claimed = LeaveOneOut::meanSquare;
        withFalsifiers(run.check(
                        "two others, exact",
                        claimed,
                        (form, lab) -> Comparison.equal(
                                exact, start + form.applyAsDouble(two), 1e-11 * (1 + exact), QUADRATURE)))
                .falsifiedBy(
                        "sqrt q for q",
                        l -> l.meanSquare() * Math.sqrt(l.setting().q()))
                .falsifiedBy(
                        "no d - 1",
                        l -> l.squaredRate() * l.others() * (moments.weightedSlope() + moments.squaredSlope()));

        DecentActivation scaled = s.times(1 / Math.sqrt(moments.squaredSlope()));
        LeaveOneOut three = new LeaveOneOut(new StepSetting(scaled, 8, 1, 4));
        double fourth = start + three.setting().exampleRate() * Math.pow(fourthMoment(scaled), 0.25);
        withFalsifiers(run.check(
                "three others, drawn",
                claimed,
                (form, lab) -> lab.meanEquals(
                        start + form.applyAsDouble(three), 0.5, new SecondMoment(Math.pow(fourth, 4)), stream -> {
                            double[] change = three.drawNeuron(stream);
                            return start == 1 ? LeaveOneOut.shiftedSquare(change) : LinearAlgebra.dot(change, change);
                        })));

        List<LeaveOneOut> settings = Stream.of(s, BalancedActivations.ABSOLUTE_VALUE.times(2))
                .flatMap(each -> Stream.of(
                        new LeaveOneOut(new StepSetting(each, 50, 50, 30)),
                        new LeaveOneOut(new StepSetting(each, 20, 5, 1)),
                        new LeaveOneOut(new StepSetting(each, 30, 30, 900))))
                .toList();
        MeanForm bound = l -> l.setting().m() * logSquare(l) * Math.pow(sup(l), 2);
        run.check(
                        "bounds",
                        bound,
                        (form, lab) -> Comparison.atMost(
                                values(settings, claimed),
                                values(settings, form),
                                1e-10,
                                "the quadrature's 1e-13 times means below 200"))
                .falsifiedBy("0.9 of the bound", l -> 0.9 * bound.applyAsDouble(l))
                .falsifiedBy("sup |s'| without the square", l -> bound.applyAsDouble(l) / sup(l))
                .falsifiedBy("ln d without the square", l -> bound.applyAsDouble(l) / logOf(l));
    }

    /** The bound {@code 3 E |s x|^4 + 18 (E |s x|^2)^2} in 8 dimensions; {@code |x|^2 = u^2 + chi^2_7}. */
    private static double fourthMoment(DecentActivation s) {
        double fourth = GaussianIntegral.expectation(
                u -> Math.pow(s.derivative(u), 4) * (Math.pow(u * u + 7, 2) + 14), s.kinks());
        double second = GaussianIntegral.expectation(u -> Math.pow(s.derivative(u), 2) * (u * u + 7), s.kinks());
        return 3 * fourth + 18 * second * second;
    }

    private static Check<MeanForm> withFalsifiers(Check<MeanForm> check) {
        return check.falsifiedBy("m for m - 1", l -> l.meanSquare() * (l.others() + 1) / l.others())
                .falsifiedBy("ln d without the square", l -> l.meanSquare() / logOf(l));
    }

    private static double sup(LeaveOneOut l) {
        return ((DecentActivation) l.setting().activation()).lipschitz();
    }

    private static double logOf(LeaveOneOut l) {
        return Math.log(l.setting().d());
    }

    /** {@code ln^2 d/(d q)}. */
    private static double logSquare(LeaveOneOut l) {
        return l.squaredRate() * l.setting().d();
    }

    private static double[] values(List<LeaveOneOut> settings, MeanForm form) {
        return settings.stream().mapToDouble(form).toArray();
    }

    /** A function of {@code c <w, S>} and {@code c^2 sum s_i^2}. */
    private interface PairFunction {
        double at(double shift, double squares);
    }

    /** The mean of a function for two others: over all labels and Gaussian {@code u_1, u_2}. */
    private static double pairMean(DecentActivation s, double c, PairFunction f) {
        return GaussianIntegral.expectation(
                u -> {
                    double su = s.derivative(u);
                    return GaussianIntegral.expectation(
                            v -> {
                                double sv = s.derivative(v);
                                double squares = c * c * (su * su + sv * sv);
                                double plus = c * (su * u + sv * v);
                                double minus = c * (su * u - sv * v);
                                return (f.at(plus, squares)
                                                + f.at(-plus, squares)
                                                + f.at(minus, squares)
                                                + f.at(-minus, squares))
                                        / 4;
                            },
                            s.kinks());
                },
                s.kinks());
    }

    @Claim(
            id = "D20.lem11.line1",
            statement =
                    "\\mathbb E (1 + c S_1)^2 = 1 + c^2 (m-1) \\mathbb E \\sigma'(G)^2 G^2 \\le 1 + \\frac{\\ln^2 d\\, (m-1)"
                            + " \\|\\sigma'\\|_\\infty^2}{d^2 q}, \\qquad \\|c S_1\\|_{\\psi_2} = O\\Big(\\frac{\\sqrt m \\ln d}{d \\sqrt q}\\Big)",
            hypotheses =
                    "$S_1 = \\sum_{i < m} y_i \\sigma'(x_i(1)) x_i(1)$; $\\|c S_1\\|_{\\psi_2} \\le c \\|\\sigma'\\|_\\infty \\sqrt{8(m-1)/3}$")
    void theFirstLineStaysNearOne(@ForAll("slopes") DecentActivation s, ClaimRun run) {
        run.covers(s.name());
        LeaveOneOut two = new LeaveOneOut(new StepSetting(s, 7, 3, 3));
        double c = two.setting().exampleRate();
        double exact = pairMean(s, c, (shift, squares) -> Math.pow(1 + shift, 2));
        MeanForm claimed = l -> 1
                + l.squaredRate()
                        * l.others()
                        * GaussianMoments.of(l.setting().activation()).weightedSlope();
        run.check(
                        "mean for two others, exact",
                        claimed,
                        (form, lab) ->
                                Comparison.equal(exact, form.applyAsDouble(two), 1e-11 * (1 + exact), QUADRATURE))
                .falsifiedBy("(m - 1)^2", l -> 1 + l.others() * (claimed.applyAsDouble(l) - 1))
                .falsifiedBy("m for m - 1", l -> 1 + (claimed.applyAsDouble(l) - 1) * 1.5);
        List<LeaveOneOut> bounded = Stream.of(s, BalancedActivations.ABSOLUTE_VALUE.times(2))
                .map(each -> new LeaveOneOut(new StepSetting(each, 20, 5, 11)))
                .toList();
        MeanForm bound = l -> 1 + l.squaredRate() * l.others() * Math.pow(sup(l), 2);
        run.check(
                        "bound of the mean",
                        bound,
                        (form, lab) ->
                                Comparison.atMost(values(bounded, claimed), values(bounded, form), 1e-11, QUADRATURE))
                .falsifiedBy("sup |s'| without the square", l -> 1 + l.squaredRate() * l.others() * sup(l))
                .falsifiedBy("0.9 of it", l -> 1 + 0.9 * (bound.applyAsDouble(l) - 1));
        run.check("sub-Gaussian for two others", 8.0 / 3, (constant, lab) -> {
                    double[] means = Stream.of(s, BalancedActivations.ABSOLUTE_VALUE)
                            .mapToDouble(each -> pairMean(
                                    each,
                                    1,
                                    (shift, squares) ->
                                            Math.exp(shift * shift / (constant * 2 * Math.pow(each.lipschitz(), 2)))))
                            .toArray();
                    return Comparison.atMost(means, 2, 1e-8, "the integrand beyond 14 is below e^(-14^2/8)");
                })
                .falsifiedBy("8/3.3", 8 / 3.3)
                .falsifiedBy("2.5", 2.5);
    }
}
