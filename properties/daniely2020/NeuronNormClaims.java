package daniely2020;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import org.ejml.data.DMatrixRMaj;
import org.lemmalab.activation.BalancedActivations;
import org.lemmalab.claim.Claim;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.network.TwoLayerNetwork;
import org.lemmalab.random.PointLaw;
import org.lemmalab.random.RandomStream;
import org.lemmalab.stats.Comparison;
import org.lemmalab.trainer.SingleStep;

/**
 * The squared norm of a neuron after the step of all examples but one, as three lines.
 *
 * <h2>Source</h2>
 *
 * D20, Lemma 11, the display of its proof.
 *
 * <h2>Statement</h2>
 *
 * With {@code u_i = <w, x_i>}, {@code s_i = s'(u_i)}, {@code S = sum_(i < m) y_i s_i x_i} and {@code eta g = a c S}, {@code c = ln d/(d sqrt q)}:
 *
 * <pre>{@code
 * |w + eta g|^2 = (1 + a c <w, S>)^2 + [c^2 |S - <w, S> w|^2 - c^2 (d-1) sum s_i^2] + c^2 (d-1) sum s_i^2
 * }</pre>
 *
 * <p>{@link NeuronNormMeanClaims} has the means, {@link NormLinesClaims} the deviations of the last two lines.
 *
 * <h2>Instances</h2>
 *
 * Every activation of {@link BalancedActivations}, and ReLU; up to 12 dimensions and 12 examples, d = 1, m = 1, copies of one point, points orthogonal
 * to the neuron, {@code a = -1}.
 *
 * <h2>How it is checked</h2>
 *
 * Against {@link SingleStep}, after a reflection that turns w into {@code e_1}; rounding {@code 64 (m + d) u} of the sum of the terms' sizes.
 *
 * <h2>Falsifiers</h2>
 *
 * d for d - 1, the middle line not centred, a lost sign.
 */
class NeuronNormClaims {
    /** Where the points of an instance lie. */
    enum Place {
        GAUSSIAN("Gaussian points"),
        COPIES("copies of one point"),
        ON_THE_KINK("points orthogonal to the neuron");

        private final String label;

        Place(String label) {
            this.label = label;
        }
    }

    /** A step and which of its neurons is looked at. */
    record Step(StepSetting setting, int neuron, Place place, long seed) {
        private RandomStream stream() {
            return RandomStream.of(seed, "NeuronNormClaims");
        }

        double[] labels() {
            return stream().part("labels").signs(setting.m());
        }

        DMatrixRMaj points() {
            DMatrixRMaj points =
                    PointLaw.GAUSSIAN.rows(setting.m(), setting.d(), stream().part("points"));
            for (int i = 0; i < setting.m(); i++) {
                for (int k = 0; k < setting.d() && place == Place.COPIES; k++) {
                    points.set(i, k, points.get(0, k));
                }
                if (place == Place.ON_THE_KINK) {
                    points.set(i, neuron, 0);
                }
            }
            return points;
        }

        TwoLayerNetwork network() {
            return place == Place.ON_THE_KINK
                    ? setting.network()
                    : setting.rotatedNetwork(stream().part("weights"));
        }
    }

    @Provide
    Arbitrary<Step> steps() {
        return Combinators.combine(
                        Arbitraries.integers().between(1, 12),
                        Arbitraries.integers().between(1, 12),
                        Arbitraries.integers().between(0, 11),
                        Arbitraries.of(Activations.WITH_RELU),
                        Arbitraries.of(Place.values()),
                        Arbitraries.longs().between(0, 1_000_000))
                .as((d, m, j, activation, place, seed) -> {
                    int q = 1 + (int) (seed % d);
                    return new Step(new StepSetting(activation, d, q, m), j % q, place, seed);
                });
    }

    /** A variant of the display: the last line's dimension less d, whether the middle line is centred, whether a stands in the first. */
    private record Lines(int lost, boolean centred, boolean signed) {}

    @Claim(
            id = "D20.lem11.decomp",
            statement =
                    "\\|w + \\eta \\tilde g\\|^2 = \\Big(1 + c \\sum_i y_i s_i x_i(1)\\Big)^2 + \\sum_{j \\ge 2}"
                            + " \\Big[\\Big(c \\sum_i y_i s_i x_i(j)\\Big)^2 - c^2 \\sum_i s_i^2\\Big] + c^2 (d-1) \\sum_i s_i^2",
            hypotheses = "$w = e_1$ without loss of generality, $a = 1$ (in general $a c$ for $c$ in the first line),"
                    + " $s_i = \\sigma'(x_i(1))$, $c = \\ln d/(d \\sqrt q)$")
    void theSquaredNormHasThreeLines(@ForAll("steps") Step drawn, ClaimRun run) {
        run.covers(drawn.place.label)
                .covers(drawn.setting.d() == 1 ? "d = 1" : "d > 1")
                .covers(drawn.setting.m() == 1 ? "m = 1: no others" : "m > 1");
        Step named = new Step(new StepSetting(BalancedActivations.HUBER, 6, 4, 9), 3, Place.GAUSSIAN, 1);
        run.check("three lines", new Lines(1, true, true), (form, lab) -> {
                    double[] sums = new double[2];
                    double[] norms = new double[2];
                    double tolerance = 0;
                    for (int i = 0; i < 2; i++) {
                        tolerance = Math.max(tolerance, compare(i == 0 ? drawn : named, form, sums, norms, i));
                    }
                    return Comparison.equal(sums, norms, tolerance, "64 (m + d) u of the sum of the terms' sizes");
                })
                .falsifiedBy("d for d - 1 in the last line", new Lines(0, true, true))
                .falsifiedBy("the middle line not centred", new Lines(1, false, true))
                .falsifiedBy("a left out", new Lines(1, true, false));
    }

    /** Both sides at index {@code at}; returns the tolerance. */
    private static double compare(Step step, Lines form, double[] sums, double[] norms, int at) {
        StepSetting s = step.setting;
        DMatrixRMaj points = step.points();
        SingleStep single =
                new SingleStep(step.network(), points, step.labels(), s.rule().withoutHinge());
        DMatrixRMaj change = single.leaveOneOutStep(s.m() - 1);
        double[] w = new double[s.d()];
        for (int k = 0; k < s.d(); k++) {
            w[k] = step.network().weights().get(step.neuron, k);
            norms[at] += Math.pow(w[k] + change.get(step.neuron, k), 2);
        }
        double a = s.signs()[step.neuron];
        double c = s.exampleRate();
        double[] y = step.labels();
        double[] sum = new double[s.d()];
        double squares = 0;
        double size = 0;
        for (int i = 0; i < s.m() - 1; i++) {
            double slope = s.activation().derivative(single.preactivations(i)[step.neuron]);
            double[] x = reflected(w, points, i);
            for (int k = 0; k < s.d(); k++) {
                sum[k] += y[i] * slope * x[k];
            }
            squares += slope * slope;
            size += Math.abs(c * slope) * Math.sqrt(single.squaredNorms()[i]);
        }
        double first = Math.pow(1 + (form.signed ? a : 1) * c * sum[0], 2);
        double middle = 0;
        for (int k = 1; k < s.d(); k++) {
            middle += Math.pow(c * sum[k], 2) - (form.centred ? c * c * squares : 0);
        }
        sums[at] = first + middle + c * c * (s.d() - form.lost) * squares;
        return 64 * (s.m() + s.d()) * 0x1p-53 * (Math.pow(1 + size, 2) + 2 * c * c * s.d() * squares);
    }

    /** Point i after the reflection that exchanges w and {@code e_1}. */
    private static double[] reflected(double[] w, DMatrixRMaj points, int i) {
        double[] v = w.clone();
        v[0] -= 1;
        double square = 0;
        double product = 0;
        double[] x = new double[w.length];
        for (int k = 0; k < w.length; k++) {
            x[k] = points.get(i, k);
            square += v[k] * v[k];
            product += v[k] * x[k];
        }
        for (int k = 0; k < w.length && square > 0; k++) {
            x[k] -= 2 * product / square * v[k];
        }
        return x;
    }
}
