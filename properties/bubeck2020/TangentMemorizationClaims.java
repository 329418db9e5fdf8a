package bubeck2020;

import java.util.Arrays;
import java.util.List;
import org.lemmalab.activation.Activation;
import org.lemmalab.activation.DecentActivation;
import org.lemmalab.activation.Relu;
import org.lemmalab.claim.Claim;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.claim.Lab;
import org.lemmalab.memorizer.TangentMemorizer;
import org.lemmalab.random.PointLaw;
import org.lemmalab.random.RandomStream;
import org.lemmalab.stats.Assumption.Bounded;
import org.lemmalab.stats.Comparison;
import org.lemmalab.stats.Decision;

/**
 * Boosting pairs of neurons in the directions of the tangent kernel memorizes generic data, with the number of neurons that B20 prints for the ReLU and
 * with another one for other activations.
 *
 * <h2>Source</h2>
 *
 * B20, Theorem 2 (5) with Theorem 3, Lemma 1; Theorem 6 and its proof in appendix A.
 *
 * <h2>Statement</h2>
 *
 * For (gamma, omega)-generic data and {@code R = log(2n)/log(1/gamma)},
 *
 * <pre>{@code
 * k d >= 20 omega n R log(1/eps)   =>   |f - y|^2 <= eps |y|^2   for some f of k ReLUs.
 * }</pre>
 *
 * The steps {@code r <- r - eta f_u} with {@code eta = d/(omega n)} reach that, in expectation, and even with {@code sqrt R} for R: by (11) every step keeps
 * {@code |r - eta f_u|^2 <= |r|^2 - eta r.f_u}, so that {@code E|r|^2} shrinks by {@code 1 - alpha d/(omega n)}, {@code alpha = 1/(10 sqrt R)}. The step
 * {@code alpha/beta} of Lemma 1 with {@code beta = omega n/d} is too short for this count.
 *
 * <p>For an L-Lipschitz activation with Hermite coefficients {@code a_l} of its derivative and unit vectors, two neurons a step,
 *
 * <pre>{@code
 * k d >= 16 omega (L^2/S) n log(1/eps),   S = sum_(l >= R - 1) a_l^2.
 * }</pre>
 *
 * With L for {@code L^2}, as printed, the count tends to 0 for the activation {@code c s}, {@code c -> infinity}, whose networks are those of s.
 *
 * <h2>Instances</h2>
 *
 * Two unbiased bases of R^16 and of R^64 with labels (1, ..., 1, -1, ..., -1), the lowest eigenvector of their kernel: there the count is sharp up to a factor 5.
 * Independent points on the sphere with random labels, n = 60, d = 10 and n = 40, d = 80; once n = 2,000, d = 50. For Theorem 6 {@code c sin} on the unbiased bases of R^16 and
 * {@code c max(z, 0)} on the regular pentagon with labels (1, -1, 1, -1, 1), c = 10,000, and 1e6 where the printed count is 1.
 *
 * <h2>How it is checked</h2>
 *
 * The mean of {@code |f - y|^2 / |y|^2} over runs, at most eps = 1/10 against 1/5; the errors lie in [0, 1] as no step increases the residual. For k = 1 the
 * best network is bounded instead: a ReLU neuron has one sign, so that it misses two of the five labels and its error is at least 2/5.
 *
 * <h2>Falsifiers</h2>
 *
 * 2 for 20, and 5 for 20 (1 at n = 2,000) with {@code sqrt R}; the step alpha/beta of Lemma 1. Theorem 6 with L, and with {@code L^(3/2)}.
 */
class TangentMemorizationClaims {
    private static final double EPS = 0.1;

    /** Half the number of neurons, {@code constant/2 (omega n/d) R^power log(1/eps)}, and the step in units of {@code d/(omega n)}. */
    private record Schedule(double constant, double power, boolean shortStep) {
        int steps(GenericPoints data) {
            return (int)
                    Math.ceil(constant / 2 * data.largestEigenvalue() * Math.pow(data.r(), power) * Math.log(1 / EPS));
        }

        double rate(GenericPoints data) {
            return (shortStep ? data.alpha() : 1) / data.largestEigenvalue();
        }

        double error(GenericPoints data, double[] y, RandomStream stream) {
            return TangentMemorizationClaims.error(data, y, Relu.INSTANCE, steps(data), rate(data), stream);
        }
    }

    /** The error of one run, cut to 1. */
    private static double error(
            GenericPoints data, double[] y, Activation activation, int steps, double rate, RandomStream stream) {
        TangentMemorizer memorizer = new TangentMemorizer(data.points(), y, activation, rate, stream.part("steps"));
        for (int t = 0; t < steps; t++) {
            memorizer.step();
        }
        return Math.min(1, memorizer.error());
    }

    private static double[] halves(int n) {
        double[] y = new double[n];
        Arrays.fill(y, 0, n / 2, 1);
        Arrays.fill(y, n / 2, n, -1);
        return y;
    }

    private static Decision small(Lab lab, java.util.function.ToDoubleFunction<RandomStream> error) {
        return lab.meanAtMost(EPS, EPS, new Bounded(0, 1), error);
    }

    @Claim(
            id = "B20.thm2",
            statement =
                    "k\\,d \\ge 20\\,\\omega\\,n \\log(1/\\epsilon)\\,\\frac{\\log(2n)}{\\log(1/\\gamma)} \\implies \\exists f \\in \\mathcal F_k(\\mathrm{ReLU}):\\"
                            + " \\|\\mathbf f - y\\|^2 \\le \\epsilon\\|y\\|^2",
            hypotheses =
                    "$(\\gamma,\\omega)$-generic data; $k$ even, $f$ by $k/2$ steps $r \\leftarrow r - \\frac{d}{\\omega n} f_u$, in expectation; $\\epsilon = 1/10$")
    void fewNeuronsMemorize(ClaimRun run) {
        run.note(
                "Lemma 1 with alpha and beta = omega n/d, to which the paper refers, gives the count with 200 for 20; the printed count follows from (11).");
        for (int s : List.of(2, 3).subList(0, run.size("pairs of unbiased bases", 1, 2, 2))) {
            GenericPoints data = GenericPoints.unbiased(s);
            double[] y = halves(data.n());
            run.covers(data.toString());
            run.check(
                            "unbiased bases of R^" + data.d(),
                            new Schedule(20, 1, false),
                            (schedule, lab) -> small(lab, stream -> schedule.error(data, y, stream)))
                    .falsifiedBy("2 for 20", new Schedule(2, 1, false))
                    .falsifiedBy("step alpha/beta", new Schedule(20, 1, true));
            run.check(
                            "unbiased bases of R^" + data.d() + ", sqrt R for R",
                            new Schedule(20, 0.5, false),
                            (schedule, lab) -> small(lab, stream -> schedule.error(data, y, stream)))
                    .falsifiedBy("5 for 20", new Schedule(5, 0.5, false))
                    .falsifiedBy("step alpha/beta", new Schedule(20, 0.5, true));
        }
        for (int[] size : new int[][] {{60, 10}, {40, 80}}) {
            run.covers("sphere, n = " + size[0] + ", d = " + size[1]);
            run.check(
                            "n = " + size[0] + " points on the sphere, d = " + size[1] + ", sqrt R for R",
                            new Schedule(20, 0.5, false),
                            (schedule, lab) -> small(lab, stream -> {
                                GenericPoints data = new GenericPoints(
                                        "sphere",
                                        "sphere",
                                        PointLaw.SPHERE.rows(size[0], size[1], stream.part("points")));
                                return schedule.error(
                                        data, stream.part("labels").signs(size[0]), stream);
                            }))
                    .falsifiedBy("step alpha/beta", new Schedule(20, 0.5, true));
        }
        int n = run.size("points on the 50-dimensional sphere", 300, 2000, 2000);
        run.covers("sphere, n = " + n + ", d = 50");
        RandomStream stream = run.stream().part("n = " + n);
        GenericPoints many = new GenericPoints("sphere", "sphere", PointLaw.SPHERE.rows(n, 50, stream));
        TangentMemorizer memorizer = new TangentMemorizer(
                many.points(),
                stream.part("labels").signs(n),
                Relu.INSTANCE,
                1 / many.largestEigenvalue(),
                stream.part("steps"));
        Schedule printed = new Schedule(20, 0.5, false);
        memorizer.run(EPS, printed.steps(many));
        run.check(
                        "n = " + n + " points on the sphere, d = 50, neurons needed",
                        printed,
                        (schedule, lab) -> Comparison.atMost(memorizer.size(), 2 * schedule.steps(many), 0, "a count"))
                .falsifiedBy("1 for 20", new Schedule(1, 0.5, false));
    }

    /** {@code c s} on data where S is not tiny. */
    private record Scaled(String name, GenericPoints data, double[] y, DecentActivation base, double squares) {
        DecentActivation times(double c) {
            return new DecentActivation(
                    c + " " + base.name(),
                    z -> c * base.value(z),
                    z -> c * base.derivative(z),
                    z -> c * base.secondDerivative(z),
                    c * base.lipschitz(),
                    c * base.curvature(),
                    base.kinkList());
        }

        /** The error with the count that has {@code L^power}; two fifths if that is one neuron. */
        double error(double c, double power, RandomStream stream) {
            double l = c * base.lipschitz();
            double count = 16 * data.largestEigenvalue() * Math.pow(l, power) / (c * c * squares) * Math.log(1 / EPS);
            if (count <= 1 && base.kinkList().equals(List.of(0.0))) {
                return 0.4;
            }
            double rate = 1 / (2 * data.largestEigenvalue() * l * l);
            return TangentMemorizationClaims.error(data, y, times(c), (int) Math.ceil(count / 2), rate, stream);
        }
    }

    /** {@code e^-1 sum 1/l!} over even {@code l >= R - 1}: the derivative of the sine is the cosine. */
    private static double sineSquares(double r) {
        double sum = 0;
        double term = Math.exp(-1);
        for (int l = 0; l < 60; l++) {
            sum += l % 2 == 0 && l >= r - 1 ? term : 0;
            term /= l + 1;
        }
        return sum;
    }

    /** {@code sum c_i/(2 pi)} over {@code 2i + 1 >= R - 1}, from {@code sum c_i = pi/2}; {@code a_0 = 1/2} counts for R = 1 only. */
    private static double reluSquares(double r) {
        double tail = Math.PI / 2;
        double binomial = 1; // C(2i, i) / 4^i
        for (int i = 0; 2 * i + 1 < r - 1; i++) {
            tail -= binomial / (2 * i + 1);
            binomial *= (2 * i + 1.0) / (2 * i + 2);
        }
        return tail / (2 * Math.PI) + (r <= 1 ? 0.25 : 0);
    }

    @Claim(
            id = "B20.thm6",
            statement =
                    "k\\,d \\ge 16\\,\\frac{\\omega L}{\\sum_{\\ell \\ge R/2} a_\\ell^2}\\,n\\log(1/\\epsilon) \\implies \\exists f \\in \\mathcal F_k(\\psi):\\"
                            + " \\|\\mathbf f - y\\|^2 \\le \\epsilon\\|y\\|^2",
            correction =
                    "k\\,d \\ge 16\\,\\frac{\\omega L^2}{\\sum_{\\ell \\ge R-1} a_\\ell^2}\\,n\\log(1/\\epsilon), \\quad \\|x_i\\| = 1,\\ k \\text{ even}",
            derivation =
                    "The activation $c\\psi$ has the networks of $\\psi$, but $cL$ for $L$ and $c^2\\sum a_\\ell^2$ for the sum: the printed count tends to 0 as $c \\to \\infty$, while"
                            + " one ReLU neuron has one sign and misses two of the labels $(1,-1,1,-1,1)$ whatever $\\epsilon$ is. In the proof $\\psi'(u\\cdot x_i)^2 \\le L^2$ enters (30), where"
                            + " L is printed. The sum starts where $V^{\\circ(\\ell+1)} \\succeq I/2$, at $\\ell + 1 \\ge R$.",
            hypotheses =
                    "unit vectors, $(\\gamma,\\omega)$-generic, $R = \\log(2n)/\\log(1/\\gamma)$, $\\psi' = \\sum_\\ell a_\\ell H_\\ell$, $\\psi$ $L$-Lipschitz; $\\epsilon = 1/10$")
    void otherActivationsMemorize(ClaimRun run) {
        run.note(
                "For L <= 1 and the range l >= R/2 the theorem is neither proved nor refuted; see B20.eq31 for its proof.");
        GenericPoints bases = GenericPoints.unbiased(2);
        GenericPoints pentagon = GenericPoints.circle(5);
        List<Scaled> all = List.of(
                new Scaled("sine", bases, halves(bases.n()), DecentActivation.SINE, sineSquares(bases.r())),
                new Scaled(
                        "ReLU",
                        pentagon,
                        new double[] {1, -1, 1, -1, 1},
                        DecentActivation.RELU,
                        reluSquares(pentagon.r())));
        for (Scaled scaled : all) {
            run.covers(scaled.name);
            run.check(
                            "10,000 times " + scaled.name,
                            2.0,
                            (power, lab) -> small(lab, stream -> scaled.error(10_000, power, stream)))
                    .printedAs("L for L^2", 1.0)
                    .falsifiedBy("L^(3/2)", 1.5);
        }
        Scaled rectifier = all.get(1);
        run.check(
                        "a million times ReLU",
                        2.0,
                        (power, lab) -> small(lab, stream -> rectifier.error(1e6, power, stream)))
                .printedAs("L for L^2: one neuron", 1.0);
    }
}
