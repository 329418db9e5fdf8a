package daniely2019;

import java.util.function.DoubleBinaryOperator;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import org.ejml.data.DMatrixRMaj;
import org.lemmalab.activation.DecentActivation;
import org.lemmalab.claim.Check;
import org.lemmalab.claim.Claim;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.loss.AbsoluteDeviation;
import org.lemmalab.loss.ConvexLoss;
import org.lemmalab.loss.HingeLoss;
import org.lemmalab.loss.LogisticLoss;
import org.lemmalab.network.Initialization;
import org.lemmalab.random.PointLaw;
import org.lemmalab.random.RandomStream;
import org.lemmalab.risk.HomogeneousRisk;
import org.lemmalab.risk.ProjectedLength;
import org.lemmalab.stats.Assumption.Bounded;
import org.lemmalab.stats.Comparison;
import org.lemmalab.stats.Mean;
import org.lemmalab.trainer.NetworkDescent;

/**
 * Networks of ReLU neurons learn even polynomials, but the constant costs a factor d.
 *
 * <h2>Source</h2>
 *
 * D19, Theorem 6, and section 1, "Learning Polynomials".
 *
 * <h2>Statement</h2>
 *
 * For {@code 2 <= |alpha| <= c} the class lies in the ball of radius {@code M' = M sqrt(max 1/b_n)} of the kernel space ({@code 2 pi} under the root for c = 2,
 * {@code 12 pi} for c = 4), and Theorem 5 applies. The constant 1 has the squared norm {@code ~ 2 pi d} there, and no way around it: a network of 2q ReLU neurons is positively homogeneous and sees
 * x through its projection on 2q dimensions, whose length r is independent of the direction. With x uniform on the sphere and labels
 * independent of x, whatever B, eta, T and b are,
 *
 * <pre>{@code
 * L(h) - L(1) >= min_a E g(a r) - g(1),   g(u) = E l(u, y),  r^2 ~ Beta(q, d/2 - q),
 * }</pre>
 *
 * which is of order {@code 1/sqrt q} for absolute deviation and hinge loss and {@code 1/q} for logistic loss, while {@code 2q <= d/2}. So
 * {@code q = O~(1/(d eps^2))}, printed for M = R = 1, cannot reach eps when {@code eps = d^-3/4}, resp. {@code d^-0.55}; {@code q = 8 pi / eps^2}, with {@code d M^2} for {@code M^2}, can.
 *
 * <h2>Instances</h2>
 *
 * Constant targets at {@code d = 10^3, ..., 10^12}, {@code eps = d^-1/4} and the faster one: absolute deviation with y = 1, hinge loss with
 * {@code P(y = 1)} between 0.6 and 0.9, logistic loss with {@code P(y = 1) = 1/(1 + 1/e)}, whose best constant is 1. Planted quadratic forms on 20 random points, {@code x_1^2} and
 * {@code x_1^4} on a point mass (R^2 = d), {@code 1.5 x_1 x_2} on the four points {@code (+-1, +-1, 0, ...)/sqrt 2}.
 *
 * <h2>How it is checked</h2>
 *
 * The lower bound over eps, by quadrature ({@link HomogeneousRisk}), must not exceed 1: a necessary condition on q. It is exact to 1e-11, eps at least 1e-9. That
 * the trained networks obey the bound is tested at d = 50, q = 2, on steps 51 to 100. The planted polynomials are learned by Algorithm 1 with explicit
 * sizes: {@link EvenPolynomialTask}.
 *
 * <h2>Falsifiers</h2>
 *
 * The printed width with constants 1 and 16 and with {@code 16 log d}; widths {@code 1/eps}, for logistic loss {@code 1/sqrt eps}; four times the lower bound; learning rates without {@code 1/(2q)} or
 * with its square; eps/10.
 */
class EvenPolynomialLearningClaims {
    private static final String DERIVATION =
            "Networks of $2q$ ReLU neurons are positively homogeneous: for $x$ uniform on the sphere and labels independent of $x$ their excess over"
                    + " the constant 1 is at least of order $q^{-1/2}$ (hinge), $q^{-1}$ (logistic) while $2q \\le d/2$, for every $B, \\eta, T, b$; and"
                    + " $\\|1\\|^2_{\\mathrm{tk}^h} \\sim 2\\pi d$. With $M = R = 1$, $\\epsilon = d^{-3/4}$, $q = \\tilde O(\\sqrt d)$ this exceeds $\\epsilon$.";

    /** A law of labels that do not depend on the point. */
    record ConstantTask(HomogeneousRisk risk, double fastest) {
        /** The lower bound on the excess over eps for such a number of pairs, over the ladder. */
        double[] ratios(DoubleBinaryOperator pairs) {
            return DoubleStream.of(0.25, fastest)
                    .flatMap(rate -> IntStream.rangeClosed(3, 12).mapToDouble(power -> {
                        long d = (long) Math.pow(10, power);
                        double epsilon = Math.pow(d, -rate);
                        double neurons = 2 * Math.ceil(pairs.applyAsDouble(d, epsilon));
                        return neurons >= d ? 0 : excess(d, (long) neurons) / epsilon;
                    }))
                    .toArray();
        }

        double excess(long d, long neurons) {
            return risk.least(new ProjectedLength(d, neurons)) - risk.ofConstant(1);
        }
    }

    private static final ConstantTask ABSOLUTE =
            new ConstantTask(new HomogeneousRisk(new AbsoluteDeviation(0), 1), 0.75);
    private static final ConstantTask LOGISTIC =
            new ConstantTask(new HomogeneousRisk(LogisticLoss.INSTANCE, 1 / (1 + Math.exp(-1))), 0.55);

    @Provide
    Arbitrary<Double> probabilities() {
        return Arbitraries.of(0.6, 0.75, 0.9);
    }

    /** A planted quadratic form {@code p(x) = sum_k c_k x_k x_(k+1)}, {@code |c| = 1}, which the labels equal. */
    record Planted(int d, int batch, long seed) {
        EvenPolynomialTask task() {
            RandomStream stream = RandomStream.of(seed, "EvenPolynomialLearningClaims");
            double[] c = PointLaw.SPHERE.rows(1, d, stream.part("coefficients")).data;
            return EvenPolynomialTask.of(
                    PointLaw.SPHERE.rows(20, d, stream.part("points")),
                    x -> IntStream.range(0, d)
                            .mapToDouble(k -> c[k] * x[k] * x[(k + 1) % d])
                            .sum(),
                    value -> value,
                    new AbsoluteDeviation(0),
                    batch,
                    Math.sqrt(2 * Math.PI),
                    1.0 / 3);
        }
    }

    @Provide
    Arbitrary<Planted> planted() {
        return Combinators.combine(
                        Arbitraries.of(3, 5),
                        Arbitraries.of(1, 3),
                        Arbitraries.longs().between(0, 1_000_000))
                .as(Planted::new);
    }

    /** The point mass at {@code e_1} with {@code p(x) = coefficient x_1^degree} and the label 1. */
    private static EvenPolynomialTask pointMass(ConvexLoss loss, double coefficient, int degree, double epsilon) {
        return EvenPolynomialTask.of(
                new DMatrixRMaj(new double[][] {{1, 0}}),
                x -> coefficient * Math.pow(x[0], degree),
                value -> 1,
                loss,
                1,
                coefficient * Math.sqrt(degree == 2 ? 2 * Math.PI : 12 * Math.PI),
                epsilon);
    }

    /** {@code p(x) = 1.5 x_1 x_2} on {@code (+-1, +-1, 0, ...)/sqrt 2}, which the labels are the signs of. */
    private static EvenPolynomialTask signs(int d, int batch) {
        DMatrixRMaj points = new DMatrixRMaj(4, d);
        for (int i = 0; i < 4; i++) {
            points.set(i, 0, (i < 2 ? 1 : -1) * Math.sqrt(0.5));
            points.set(i, 1, (i % 2 == 0 ? 1 : -1) * Math.sqrt(0.5));
        }
        return EvenPolynomialTask.of(
                points,
                x -> 1.5 * x[0] * x[1],
                value -> Math.signum(value),
                HingeLoss.INSTANCE,
                batch,
                1.5 * Math.sqrt(2 * Math.PI),
                0.5);
    }

    /** A learning rate, as a multiple of the theorem's, and the part of eps that is allowed. */
    private record Form(double rate, double share) {}

    private static Check<Form> learns(ClaimRun run, String part, EvenPolynomialTask task) {
        return run.check(part, new Form(1, 1), (form, lab) -> task.learns(form.rate, form.share, lab));
    }

    private static final DoubleBinaryOperator CORRECTED = (d, epsilon) -> 8 * Math.PI / (epsilon * epsilon);

    /** The lower bound against {@code q = factor log^power(d) / (d eps^2)}. */
    private static Check<DoubleBinaryOperator> lowerBound(ClaimRun run, String part, ConstantTask task) {
        return run.check(
                        part,
                        CORRECTED,
                        (pairs, lab) -> Comparison.atMost(
                                task.ratios(pairs), 1, 0.01, "the quadrature's 1e-11 over eps >= 1e-9"))
                .printedAs("q = 1/(d eps^2)", (d, epsilon) -> 1 / (d * epsilon * epsilon))
                .printedAs("q = 16/(d eps^2)", (d, epsilon) -> 16 / (d * epsilon * epsilon))
                .printedAs("q = 16 log(d)/(d eps^2)", (d, epsilon) -> 16 * Math.log(d) / (d * epsilon * epsilon));
    }

    @Claim(
            id = "D19.thm6",
            statement =
                    "q = \\tilde O\\Big(\\frac{M^2R^2}{d\\epsilon^2}\\Big),\\; T = O\\Big(\\frac{M^2}{\\epsilon^2}\\Big):\\quad"
                            + " \\mathbb E\\,\\mathcal L_{\\mathcal D}(h) \\le \\mathcal L_{\\mathcal D}(\\mathcal P_c^M) + \\epsilon",
            hypotheses =
                    "ReLU, decent loss, $R$-bounded $\\mathcal D$, $h$ of Algorithm 1 with suitable $B$ and $\\eta$; uniformly in $d$",
            correction =
                    "q = \\tilde O\\Big(\\frac{M^2R^2}{d\\epsilon^2}\\Big),\\; T = O\\Big(\\frac{M^2}{\\epsilon^2}\\Big):\\quad"
                            + " \\mathbb E\\,\\mathcal L_{\\mathcal D}(h) \\le \\mathcal L_{\\mathcal D}(\\{p \\in \\mathcal P_c^M : p(0) = 0\\}) + \\epsilon,"
                            + " \\quad \\text{and for } \\mathcal P_c^M \\text{ with } dM^2 \\text{ in place of } M^2",
            derivation = DERIVATION,
            instances = 2)
    void evenPolynomialsWithoutConstantAreLearned(
            @ForAll("planted") Planted planted,
            @ForAll("probabilities") double probability,
            @ForAll("degrees") int degree,
            @ForAll("scales") double scale,
            ClaimRun run) {
        run.covers("d = " + planted.d())
                .covers("batch of " + planted.batch())
                .covers("point mass, degree " + degree)
                .covers("P(y = 1) = " + probability);
        run.note(
                "The number of steps alone is not contradicted. Noiseless labels do not contradict the printed form either: with a small $B$ the"
                        + " output layer learns them.");
        HomogeneousRisk hinge = new HomogeneousRisk(HingeLoss.INSTANCE, probability);
        lowerBound(run, "lower bound, absolute deviation", ABSOLUTE)
                .falsifiedBy("q = 8 pi/eps", (d, epsilon) -> 8 * Math.PI / epsilon);
        lowerBound(run, "lower bound, hinge loss", new ConstantTask(hinge, 0.75))
                .falsifiedBy("q = 8 pi/eps", (d, epsilon) -> 8 * Math.PI / epsilon);
        ConstantTask noisy = new ConstantTask(new HomogeneousRisk(HingeLoss.INSTANCE, 0.75), 0.75);
        double excess = noisy.excess(50, 4);
        run.check(
                        "trained networks, d = 50, q = 2",
                        1.0,
                        (factor, lab) -> Mean.atLeast(
                                        noisy.risk.ofConstant(1) + factor * excess, 0.05, new Bounded(0, 2))
                                .decide(
                                        index -> Math.min(
                                                2, noisyLoss(scale, lab.stream().trial(index))),
                                        lab.terms()))
                .falsifiedBy("four times the lower bound", 4.0);
        EvenPolynomialTask random = planted.task();
        learns(run, "planted quadratic form", random)
                .falsifiedBy("learning rate without 1/(2q)", new Form(2.0 * random.pairs(), 1));
        EvenPolynomialTask point = pointMass(new AbsoluteDeviation(0), 1, degree, degree == 2 ? 0.6 : 0.7);
        learns(run, "point mass", point)
                .falsifiedBy("learning rate without 1/(2q)", new Form(2.0 * point.pairs(), 1))
                .falsifiedBy("1/(2q)^2 in the learning rate", new Form(0.5 / point.pairs(), 1))
                .falsifiedBy("eps/10", new Form(1, 0.1));
    }

    @Provide
    Arbitrary<Integer> degrees() {
        return Arbitraries.of(2, 4);
    }

    @Provide
    Arbitrary<Double> scales() {
        return Arbitraries.of(0.1, 1.0, 3.0);
    }

    /** The mean hinge loss on steps 51 to 100 of a network with two pairs on noisy labels, {@code P(y = 1) = 3/4}, in dimension 50. */
    private static double noisyLoss(double scale, RandomStream stream) {
        NetworkDescent descent = new NetworkDescent(
                Initialization.paired(2, 50, scale, DecentActivation.RELU, stream.part("start")),
                HingeLoss.INSTANCE,
                0.1);
        RandomStream draws = stream.part("batches");
        double sum = 0;
        for (int t = 0; t < 100; t++) {
            DMatrixRMaj points = PointLaw.SPHERE.rows(16, 50, draws);
            double[] labels = IntStream.range(0, 16)
                    .mapToDouble(i -> draws.uniform() < 0.75 ? 1 : -1)
                    .toArray();
            double[] predictions = descent.step(points, labels);
            sum += t < 50 ? 0 : HingeLoss.INSTANCE.mean(predictions, labels);
        }
        return sum / 50;
    }

    @Claim(
            id = "D19.poly-class",
            statement =
                    "\\text{SGD learns } \\mathcal P_c^M \\text{ to error } \\epsilon \\text{ with } \\tilde O(M^2/\\epsilon^2)"
                            + " \\text{ parameters and } O(M^2/\\epsilon^2) \\text{ iterations}",
            hypotheses = "ReLU, logistic or hinge loss, $O(1)$-bounded $\\mathcal D$, $c$ constant",
            correction =
                    "\\text{SGD learns } \\{p \\in \\mathcal P_c^M : p(0) = 0\\} \\text{ to error } \\epsilon \\text{ with } \\tilde O(M^2/\\epsilon^2)"
                            + " \\text{ parameters and } O(M^2/\\epsilon^2) \\text{ iterations; } \\mathcal P_c^M \\text{ with } \\tilde O(dM^2/\\epsilon^2)",
            derivation = DERIVATION,
            instances = 2)
    void evenPolynomialsWithoutConstantNeedNoMoreThanTheirNorm(
            @ForAll("probabilities") double probability,
            @ForAll("dimensions") int d,
            @ForAll("batches") int batch,
            ClaimRun run) {
        run.covers("P(y = 1) = " + probability).covers("d = " + d).covers("batch of " + batch);
        HomogeneousRisk hinge = new HomogeneousRisk(HingeLoss.INSTANCE, probability);
        lowerBound(run, "lower bound, hinge loss", new ConstantTask(hinge, 0.75))
                .falsifiedBy("q = 8 pi/eps", (n, epsilon) -> 8 * Math.PI / epsilon);
        lowerBound(run, "lower bound, logistic loss", LOGISTIC)
                .falsifiedBy("q = 1/sqrt(eps)", (n, epsilon) -> 1 / Math.sqrt(epsilon));
        EvenPolynomialTask signs = signs(d, batch);
        learns(run, "signs of a product, hinge loss", signs)
                .falsifiedBy("1/(2q)^2 in the learning rate", new Form(0.5 / signs.pairs(), 1));
        EvenPolynomialTask point = pointMass(LogisticLoss.INSTANCE, 1.7, 2, 0.42);
        learns(run, "point mass, logistic loss", point)
                .falsifiedBy("1/(2q)^2 in the learning rate", new Form(0.5 / point.pairs(), 1));
    }

    @Provide
    Arbitrary<Integer> dimensions() {
        return Arbitraries.of(2, 4);
    }

    @Provide
    Arbitrary<Integer> batches() {
        return Arbitraries.of(1, 4);
    }
}
