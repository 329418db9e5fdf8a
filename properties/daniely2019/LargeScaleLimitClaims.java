package daniely2019;

import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.NormOps_DDRM;
import org.lemmalab.activation.DecentActivation;
import org.lemmalab.claim.Claim;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.loss.AbsoluteDeviation;
import org.lemmalab.loss.ConvexLoss;
import org.lemmalab.loss.HingeLoss;
import org.lemmalab.loss.LogisticLoss;
import org.lemmalab.network.Initialization;
import org.lemmalab.network.TwoLayerNetwork;
import org.lemmalab.random.PointLaw;
import org.lemmalab.random.RandomStream;
import org.lemmalab.stats.Assumption.Bounded;
import org.lemmalab.stats.Comparison;
import org.lemmalab.stats.Decision;
import org.lemmalab.stats.Mean;
import org.lemmalab.stats.Rate;
import org.lemmalab.stats.Terms;
import org.lemmalab.trainer.LinearizedDescent;
import org.lemmalab.trainer.NetworkDescent;

/**
 * With a large output scale B, a network trained with the learning rate {@code eta/B^2} follows its linearization.
 *
 * <h2>Source</h2>
 *
 * D19, Lemma 12 and its proof.
 *
 * <h2>Statement</h2>
 *
 * For a law without ties, Algorithm 1 at scale B with the rate {@code eta/B^2} and Algorithm 3 with eta, on the same batches and {@code W'}:
 *
 * <pre>{@code
 * sup |h_1 - h_2| = Theta(B^-2) while no pre-activation crosses a kink,      E |L(h_1) - L(h_2)| -> 0
 * |W^T - W^1|_F <= T (eta/B^2) L C max |u^t| <= sqrt(2q) T eta L C / B (1 + T eta L S / B^3),   S = sup |s(<w_i, x>)|
 * }</pre>
 *
 * <h2>Instances</h2>
 *
 * 8 points in dimension 1, 2 or 5, 2 or 12 neurons, batches of 1 or 3, 15 steps; smooth and kinked activations; hinge and logistic loss.
 * For the radius also absolute deviation, 5 steps, eta and B from 1/10 to 100, and the identity with labels out of reach, which moves every
 * neuron at full speed all the time.
 *
 * <h2>How it is checked</h2>
 *
 * The exponent of each run between B = 100 and 1000, its mean over runs within 0.1 of -2. Where there are kinks, starts with
 * {@code |<w_i, x_j>| >= 0.03}: 15 steps of {@code eta/B}, eta = pi/21, move no pre-activation farther at {@code B >= 100}. Without that condition a crossing
 * has probability {@code O(1/B)}, and the mean difference of the losses, cut at 1, is put against 0.02 at B = 1000.
 *
 * <p>The radius must grow with eta: tanh, labels out of reach (every slope of the loss is -1 or 1), q = 3, eta up to 1000. A neuron moves by at most
 * {@code v = 15 eta/B}, and in pairs the expansion leaves {@code q B v^3 (2/3 + 1.2) + 2 q T eta v^2}, which is below {@code 0.01/eta} with
 * {@code B = 3000 eta^2}. Movements are sums of 5 steps: 100 roundings.
 *
 * <h2>Falsifiers</h2>
 *
 * Learning rates {@code eta/B}, {@code eta/B^1.5}, {@code eta/B^2.5}; exponents -1 and -3; 0.9 of the radius, {@code sqrt(q)}, {@code 1/eta} for eta,
 * {@code B^-2}; B that does not depend on eta or grows like its root.
 */
class LargeScaleLimitClaims {
    private static final double[] SCALES = {100, 300, 1000};

    /** Irrational: in one dimension predictions are rational multiples of it, which do not meet the kink of the hinge. */
    private static final double ETA = Math.PI / 21;

    @Provide
    Arbitrary<TwinDescents> anyActivation() {
        return twins(List.of(
                DecentActivation.TANH,
                DecentActivation.SOFTPLUS,
                DecentActivation.SINE,
                DecentActivation.RELU,
                DecentActivation.LEAKY_RELU));
    }

    @Provide
    Arbitrary<TwinDescents> kinked() {
        return twins(DecentActivation.KINKED);
    }

    private static Arbitrary<TwinDescents> twins(List<DecentActivation> activations) {
        return Combinators.combine(
                        Arbitraries.of(activations),
                        Arbitraries.<ConvexLoss>of(HingeLoss.INSTANCE, LogisticLoss.INSTANCE),
                        Arbitraries.of(1, 2, 5),
                        Arbitraries.of(1, 6),
                        Arbitraries.of(1, 3))
                .as((s, loss, d, q, batch) -> new TwinDescents(s, loss, d, q, batch, ETA));
    }

    /** A variant: {@code sup |h_1 - h_2| ~ B^exponent} at the learning rate {@code eta / B^power}. */
    private record Form(double exponent, double power) {}

    @Claim(
            id = "D19.lem12",
            statement =
                    "\\big|\\mathbb E\\,\\mathcal L_{\\mathcal D}(h_1) - \\mathbb E\\,\\mathcal L_{\\mathcal D}(h_2)\\big| < \\epsilon"
                            + " \\text{ for } h_1 \\text{ of Algorithm 1 with } \\eta/B^2,\\; h_2 \\text{ of Algorithm 3 with } \\eta,"
                            + " \\; B \\text{ large}",
            hypotheses =
                    "decent activation, convex decent loss, $\\mathcal D$ fixed and without ties at the loss's kinks; here"
                            + " $\\sup |h_1 - h_2| = \\Theta(B^{-2})$ on the same batches while no pre-activation crosses a kink")
    void trainedNetworkFollowsItsLinearization(
            @ForAll("anyActivation") TwinDescents drawn, @ForAll("kinked") TwinDescents kinked, ClaimRun run) {
        run.covers(drawn.activation().name())
                .covers(kinked.activation().name())
                .covers("d = " + drawn.d())
                .covers("q = " + drawn.q())
                .covers("batch of " + drawn.batch());
        run.note(
                "Laws with ties at a kink of the loss, and laws that depend on $B$, are excluded: see D19.lem12-kink.");
        run.check("exponent in B", new Form(-2, 2), (form, lab) -> exponent(drawn, form, lab.stream(), lab.terms()))
                .falsifiedBy("B^-1, the order of the remainder without cancellation", new Form(-1, 2))
                .falsifiedBy("B^-3", new Form(-3, 2))
                .falsifiedBy("learning rate eta/B", new Form(-2, 1))
                .falsifiedBy("learning rate eta/B^1.5", new Form(-2, 1.5))
                .falsifiedBy("learning rate eta/B^2.5", new Form(-2, 2.5));
        run.check(
                        "losses at B = 1000, kinked activation",
                        2.0,
                        (power, lab) -> Mean.atMost(0.02, 0.02, new Bounded(0, 1))
                                .decide(
                                        index -> {
                                            TwinDescents.Draw draw = kinked
                                            .new Draw(0, lab.stream().trial(index));
                                            return Math.min(1, Math.abs(draw.lossGap(1000, power)));
                                        },
                                        lab.terms()))
                .falsifiedBy("learning rate eta/B", 1.0)
                .falsifiedBy("learning rate eta/B^1.5", 1.5);
    }

    private static Decision exponent(TwinDescents twins, Form form, RandomStream stream, Terms terms) {
        double clearance = twins.activation().kinks().length == 0 ? 0 : 0.03;
        return Rate.perReplicate(form.exponent, 0.1, SCALES)
                .decide(
                        index -> {
                            TwinDescents.Draw draw = twins.new Draw(clearance, stream.trial(index));
                            return Arrays.stream(SCALES)
                                    .map(scale -> draw.largestGap(scale, form.power))
                                    .toArray();
                        },
                        terms);
    }

    /** A short training of a paired network on unit points. */
    record Training(
            DecentActivation activation,
            ConvexLoss loss,
            double label,
            int d,
            int q,
            double eta,
            double scale,
            long seed) {
        /** Moves all the time: slope 1, and a label that is never reached. */
        static final Training FULL_SPEED =
                new Training(DecentActivation.IDENTITY, new AbsoluteDeviation(0), 1e9, 3, 2, 4, 10, 1);

        static final int STEPS = 5;

        /** What it did: the movement of W, the largest {@code |u|} and the largest {@code |s(<w_i, x>)|} on the way. */
        record Path(double movement, double outputs, double values) {}

        Path path() {
            RandomStream stream = RandomStream.of(seed, "LargeScaleLimitClaims");
            TwoLayerNetwork start = Initialization.paired(q, d, scale, activation, stream.part("start"));
            DMatrixRMaj points = PointLaw.SPHERE.rows(label == 1e9 ? 1 : 3, d, stream.part("points"));
            double[] labels = new double[points.numRows];
            Arrays.setAll(labels, i -> i == 0 ? label : -label);
            NetworkDescent descent = new NetworkDescent(start, loss, eta / (scale * scale));
            double outputs = 0;
            double values = 0;
            for (int t = 0; t < STEPS; t++) {
                outputs = Math.max(outputs, LinearAlgebra.norm(descent.network().outputs()));
                for (double z : descent.network().preactivations(points).data) {
                    values = Math.max(values, Math.abs(activation.value(z)));
                }
                descent.step(points, labels);
            }
            DMatrixRMaj moved = CommonOps_DDRM.subtract(descent.network().weights(), start.weights(), null);
            return new Path(NormOps_DDRM.normF(moved), outputs, values);
        }

        /** {@code T eta L C}. */
        double reach() {
            return STEPS * eta * loss.lipschitz() * activation.lipschitz();
        }
    }

    @Provide
    Arbitrary<Training> trainings() {
        return Combinators.combine(
                        Arbitraries.of(DecentActivation.RELU, DecentActivation.TANH, DecentActivation.SOFTPLUS),
                        Arbitraries.<ConvexLoss>of(HingeLoss.INSTANCE, LogisticLoss.INSTANCE, new AbsoluteDeviation(0)),
                        Arbitraries.of(1.0, 1e9),
                        Arbitraries.integers().between(1, 4),
                        Arbitraries.integers().between(1, 4),
                        Arbitraries.of(0.1, 1.0, 10.0, 100.0),
                        Arbitraries.of(0.1, 1.0, 10.0, 100.0),
                        Arbitraries.longs().between(0, 1_000_000))
                .as(Training::new)
                .filter(t -> t.label == 1 || t.loss instanceof AbsoluteDeviation);
    }

    /** The bound {@code factor (2q)^(neurons/2) eta^eta / B^scale} in its place. */
    private record Radius(double factor, double etaPower, double scalePower) {}

    @Claim(
            id = "D19.lem12-radius",
            statement = "\\|W^T - W^1\\|_F \\le T\\,\\frac{\\eta}{B^2}\\,L\\,C \\max_t \\|u^t\\|"
                    + " \\le \\frac{\\sqrt{2q}\\,T\\,\\eta\\,L\\,C}{B}\\big(1 + O(B^{-2})\\big)",
            hypotheses = "unit points, $C = \\sup|\\sigma'|$, rate $\\eta/B^2$; here $1 + T \\eta L S/B^3$ with"
                    + " $S = \\sup_{t,i} |\\sigma(\\langle w_i^t, x\\rangle)|$")
    void weightsStayInABallOfRadiusOneOverTheScale(
            @ForAll("trainings") Training drawn, @ForAll("seeds") long seed, ClaimRun run) {
        run.covers(drawn.activation().name()).covers(drawn.d() == 1 ? "d = 1" : "d > 1");
        run.covers(drawn.label() == 1e9 ? "labels out of reach" : "labels 1 and -1");
        run.note(
                "The proof's list $B = \\mathrm{poly}(d, q, 1/\\eta, T, 1/\\epsilon)$ has $1/\\eta$; the radius grows with $\\eta$,"
                        + " so that for $\\eta > 1$ also $B$ must (third part).");
        List<Training> all = List.of(drawn, Training.FULL_SPEED);
        run.check(
                        "by the largest output layer",
                        1.0,
                        (factor, lab) -> bounded(
                                all,
                                (training, path) -> factor * training.reach() / square(training.scale) * path.outputs))
                .falsifiedBy("0.9 of it", 0.9)
                .falsifiedBy("without the paired half", Math.sqrt(0.5));
        run.check(
                        "by the scale",
                        new Radius(1, 1, 1),
                        (radius, lab) -> bounded(all, (training, path) -> {
                            double growth = Training.STEPS * training.eta * training.loss.lipschitz() * path.values;
                            return radius.factor
                                    * Math.sqrt(2 * training.q)
                                    * training.reach()
                                    * Math.pow(training.eta, radius.etaPower - 1)
                                    / Math.pow(training.scale, radius.scalePower)
                                    * (1 + growth / Math.pow(training.scale, 3));
                        }))
                .falsifiedBy("0.9 of it", new Radius(0.9, 1, 1))
                .falsifiedBy("sqrt(q)", new Radius(Math.sqrt(0.5), 1, 1))
                .falsifiedBy("sqrt(eta)", new Radius(1, 0.5, 1))
                .falsifiedBy("1/eta", new Radius(1, -1, 1))
                .falsifiedBy("B^-1.5", new Radius(1, 1, 1.5));
        run.check(
                        "outputs for eta up to 1000",
                        (DoubleUnaryOperator) eta -> 3000 * eta * eta,
                        (scale, lab) -> Comparison.atMost(
                                Arrays.stream(new double[] {1, 10, 100, 1000})
                                        .map(eta -> gapOutOfReach(eta, scale.applyAsDouble(eta), seed))
                                        .toArray(),
                                0.01,
                                0,
                                "q B v^3 (2/3 + 1.2) + 2 q T eta v^2 with v = T eta/B"))
                .falsifiedBy("B does not depend on eta", eta -> 3000)
                .falsifiedBy("B ~ sqrt(eta)", eta -> 3000 * Math.sqrt(eta))
                .falsifiedBy("B ~ 1/eta", eta -> 3000 / eta);
    }

    @Provide
    Arbitrary<Long> seeds() {
        return Arbitraries.longs().between(0, 1_000_000);
    }

    private interface Bound {
        double of(Training training, Training.Path path);
    }

    private static Decision bounded(List<Training> trainings, Bound bound) {
        double[] ratios = trainings.stream()
                .mapToDouble(training -> {
                    Training.Path path = training.path();
                    return path.movement / bound.of(training, path);
                })
                .toArray();
        // a weight is rounded at its own size, up to 5, in each of 5 steps
        double coarse = trainings.stream()
                .mapToDouble(t -> 100 * 0x1p-53 * (1 + t.scale / t.eta))
                .max()
                .orElseThrow();
        return Comparison.atMost(ratios, 1, coarse, "100 roundings, of weights over their movement eta/B");
    }

    /** {@code sup |h_1 - h_2|} of 3 pairs of tanh on 4 points whose labels are out of reach. */
    private static double gapOutOfReach(double eta, double scale, long seed) {
        RandomStream stream = RandomStream.of(seed, "LargeScaleLimitClaims").part("out of reach");
        DMatrixRMaj points = PointLaw.SPHERE.rows(4, 3, stream.part("points"));
        double[] labels = {1e9, -1e9, 1e9, 1e9};
        TwoLayerNetwork start = Initialization.paired(3, 3, 1, DecentActivation.TANH, stream.part("start"));
        TwoLayerNetwork scaled = Initialization.paired(3, 3, scale, DecentActivation.TANH, stream.part("start"));
        AbsoluteDeviation loss = new AbsoluteDeviation(0);
        LinearizedDescent linearized = new LinearizedDescent(start, loss, eta);
        NetworkDescent network = new NetworkDescent(scaled, loss, eta / (scale * scale));
        double largest = 0;
        for (int t = 0; t < TwinDescents.STEPS; t++) {
            linearized.step(points, labels);
            network.step(points, labels);
            double[] one = network.predict(points);
            double[] two = linearized.predict(points);
            for (int i = 0; i < one.length; i++) {
                largest = Math.max(largest, Math.abs(one[i] - two[i]));
            }
        }
        return largest;
    }

    private static double square(double x) {
        return x * x;
    }
}
