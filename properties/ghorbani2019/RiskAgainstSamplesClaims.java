package ghorbani2019;

import ghorbani2019.SampledTraining.Schedule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.lemmalab.claim.Claim;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.claim.Figure;
import org.lemmalab.data.GaussianMixture;
import org.lemmalab.data.QuadraticTarget;
import org.lemmalab.random.RandomStream;
import org.lemmalab.risk.NetworkRisk;
import org.lemmalab.risk.TangentLimit;
import org.lemmalab.risk.TangentRisk;
import org.lemmalab.stats.Comparison;

/**
 * The risks of trained networks and tangent classes against the number of samples.
 *
 * <h2>Source</h2>
 *
 * G19, Figures 1 and 2, right.
 *
 * <h2>Statement</h2>
 *
 * One-pass stochastic gradient descent with batches of 100 brings the risk of networks (NN) and of the tangent class (NT) down to the least risk of
 * their class, as the number of samples grows. On a quadratic target the network's second layer is fixed at 1; on mixtures it is trained.
 *
 * <h2>Instances</h2>
 *
 * {@code d = 30}, N = d/5, d/2, d and on the quadratic target 3d/2, B with the quantiles of Exp(1), Delta of the values 2, 1.5, 1 over
 * {@code sqrt d}; 12,000 and 15,000 steps. Deep: d = 60 and the paper's 200,000 and 140,000 steps. The paper's d = 450 is out of reach of the
 * recursion as printed: noise asks for steps of order {@code 1/(N d)}, while the offset relaxes at the rate {@code 4/(N+2)} only.
 *
 * <h2>How it is checked</h2>
 *
 * Risks are evaluated exactly, and compared with the exact least risks at this d. Steps are 0.03/d (NN) and 0.09/d (NT, and both on
 * mixtures), reduced towards the end, which leaves noise of the order {@code eps N d / 100} of the risk: 0.01 is accepted. At N = d the
 * smallest singular values of W are of order 1/d, and NT leaves out directions that belong to them: what is accepted there is the
 * mean risk with {@code d - 3} neurons, on mixtures the risk of the first {@code d - 4}. The offset starts at b0. At a hundredth, a tenth and
 * all of the samples risks fall.
 *
 * <h2>Falsifiers</h2>
 *
 * The risks of a fifth fewer neurons; {@code c_0 = 0}, far from where the offset ends, at N = d; signs of the second layer that alternate; Theorem 2
 * with t = 0; Theorem 6's limit at this d; the order reversed.
 */
class RiskAgainstSamplesClaims {
    private static final double ACCEPTED = 0.01;

    /** Last risks and what they should be. */
    private record Risks(double[] observed, double[] claimed) {
        Risks against(double... others) {
            return new Risks(observed, others);
        }
    }

    @Claim(
            id = "G19.fig1-right",
            statement =
                    "R_{\\mathrm{NN}}(n) \\to \\inf R_{\\mathrm{NN}}, \\quad R_{\\mathrm{NT}}(n) \\to \\inf R_{\\mathrm{NT}} \\quad (n\\ "
                            + "\\text{samples})",
            hypotheses = "quadratic target, one-pass SGD with batches of 100, smaller d than the paper's")
    void risksFallToThePopulationsOnAQuadraticTarget(ClaimRun run) {
        int d = run.size("d", 20, 30, 60);
        int steps = run.size("steps", 6000, 12_000, 200_000);
        int[] sizes = {d / 5, d / 2, d, 3 * d / 2};
        QuadraticTarget target = TargetFamily.EXPONENTIAL.of(d);
        double norm = target.normSquared();
        Schedule forNetworks = new Schedule(steps, new double[] {0.03 / d, 0.0075 / d}, new double[] {0, 0.5});
        Schedule forTangents =
                new Schedule(steps, new double[] {0.09 / d, 0.018 / d, 0.0036 / d}, new double[] {0, 0.5, 0.75});
        List<SampledTraining> all = new ArrayList<>();
        List<Schedule> schedules = new ArrayList<>();
        for (int n : sizes) {
            all.add(SampledTraining.network(target, n, new double[0], true, target.offset(), stream(run, n)));
            schedules.add(forNetworks);
        }
        for (int n : sizes) {
            all.add(SampledTraining.tangent(target, n, target.offset(), stream(run, n)));
            schedules.add(forTangents);
        }
        SampledTraining far = SampledTraining.network(target, d, new double[0], true, 0, stream(run, d));
        all.add(far);
        schedules.add(forNetworks);
        SampledTraining.train(all, schedules, run.settings().threads());
        List<SampledTraining> networks = all.subList(0, 4);
        List<SampledTraining> tangents = all.subList(4, 8);

        IntToDoubleFunction network = n -> NetworkRisk.withPositiveSecondLayer(target, n) / norm;
        Risks claimed = new Risks(last(networks), map(sizes, network));
        run.check(
                        "networks",
                        claimed,
                        (form, lab) -> Comparison.equal(form.observed, form.claimed, ACCEPTED, "0.01 of |f*|^2"))
                .falsifiedBy("a fifth fewer neurons", claimed.against(map(sizes, n -> network.applyAsDouble(fewer(n)))))
                .falsifiedBy("c_0 = 0, N = d", new Risks(new double[] {far.last()}, new double[] {0}));
        int[] below = {sizes[0], sizes[1], sizes[3]};
        Risks lazy = new Risks(
                last(List.of(tangents.get(0), tangents.get(1), tangents.get(3))),
                map(below, n -> TangentRisk.of(target, weights(run, n, d)) / norm));
        run.check(
                        "tangent class",
                        lazy,
                        (form, lab) -> Comparison.equal(form.observed, form.claimed, ACCEPTED, "0.01 of |f*|^2"))
                .falsifiedBy(
                        "a fifth fewer neurons",
                        lazy.against(map(
                                below, n -> TangentRisk.of(target, first(fewer(n), weights(run, n, d))) / norm)))
                .falsifiedBy(
                        "Theorem 2 with t = 0",
                        lazy.against(map(below, n -> TangentLimit.quadratic((double) n / d, 0))));
        run.check(
                        "tangent class, N = d",
                        tangents.get(2),
                        (training, lab) -> Comparison.atMost(
                                training.last(),
                                TangentLimit.mean(target, d - 3),
                                0,
                                "the mean risk with d - 3 neurons"))
                .falsifiedBy("N = d/2", tangents.get(1));
        checkDecrease(run, all.subList(0, 8));
        run.note(values("NN", sizes, networks, claimed.claimed));
        run.note(values("NT", below, List.of(tangents.get(0), tangents.get(1), tangents.get(3)), lazy.claimed));
        run.figure(figure(
                "G19.fig1-right",
                "a quadratic target",
                d,
                true,
                sizes,
                networks,
                tangents,
                claimed,
                n -> TangentRisk.of(target, weights(run, n, d)) / norm));
    }

    @Claim(
            id = "G19.fig2-right",
            statement =
                    "R_{\\mathrm{NN}}(n) \\to \\inf R_{\\mathrm{NN}}, \\quad R_{\\mathrm{NT}}(n) \\to \\inf R_{\\mathrm{NT}} \\quad (n\\ "
                            + "\\text{samples})",
            hypotheses =
                    "mixture, one-pass SGD with batches of 100 on $(a, W, c)$ from $a_i = -1/2$, smaller d than the paper's")
    void risksFallToThePopulationsOnAMixture(ClaimRun run) {
        int d = run.size("d", 20, 30, 60);
        int steps = run.size("steps", 8000, 15_000, 140_000);
        int[] sizes = {d / 5, d / 2, d};
        GaussianMixture mixture = MixtureFamily.THREE_LEVELS.of(d);
        Schedule schedule = new Schedule(steps, new double[] {0.09 / d, 0.009 / d}, new double[] {0, 2.0 / 3});
        List<SampledTraining> all = new ArrayList<>();
        for (int n : sizes) {
            double[] a = new double[n];
            Arrays.fill(a, -0.5);
            all.add(SampledTraining.network(mixture, n, a, false, 0, stream(run, n)));
        }
        for (int n : sizes) {
            all.add(SampledTraining.tangent(mixture, n, 0, stream(run, n)));
        }
        double[] alternating = new double[sizes[0]];
        Arrays.setAll(alternating, i -> i % 2 == 0 ? -0.5 : 0.5);
        SampledTraining stuck =
                SampledTraining.network(mixture, sizes[0], alternating, false, 0, stream(run, sizes[0]));
        all.add(stuck);
        SampledTraining.train(
                all,
                all.stream().map(training -> schedule).toList(),
                run.settings().threads());
        List<SampledTraining> networks = all.subList(0, 3);
        List<SampledTraining> tangents = all.subList(3, 6);

        Risks claimed = new Risks(last(networks), map(sizes, n -> NetworkRisk.of(mixture, n)));
        run.check(
                        "networks",
                        claimed,
                        (form, lab) -> Comparison.equal(
                                form.observed, form.claimed, ACCEPTED, "0.01, of the risk 1 of the predictor 0"))
                .falsifiedBy(
                        "a fifth fewer neurons", claimed.against(map(sizes, n -> NetworkRisk.of(mixture, fewer(n)))))
                .falsifiedBy("Theorem 6's limit", claimed.against(map(sizes, n -> NetworkRisk.limit(mixture, n))))
                .falsifiedBy(
                        "alternating signs of the second layer",
                        new Risks(new double[] {stuck.last()}, new double[] {claimed.claimed[0]}));
        IntToDoubleFunction tangent = n -> TangentRisk.of(mixture, weights(run, n, d));
        int[] below = {sizes[0], sizes[1]};
        Risks lazy = new Risks(last(tangents.subList(0, 2)), map(below, tangent));
        run.check(
                        "tangent class",
                        lazy,
                        (form, lab) -> Comparison.equal(
                                form.observed, form.claimed, ACCEPTED, "0.01, of the risk 1 of the predictor 0"))
                .falsifiedBy(
                        "a fifth fewer neurons",
                        lazy.against(map(below, n -> TangentRisk.of(mixture, first(fewer(n), weights(run, n, d))))));
        run.check(
                        "tangent class, N = d",
                        tangents.get(2),
                        (training, lab) -> Comparison.atMost(
                                training.last(),
                                TangentRisk.of(mixture, first(d - 4, weights(run, d, d))),
                                0,
                                "the risk with d - 4 neurons"))
                .falsifiedBy("N = d/2", tangents.get(1));
        checkDecrease(run, all.subList(0, 6));
        run.note(values("NN", sizes, networks, claimed.claimed));
        run.note(values("NT", sizes, tangents, map(sizes, tangent)));
        run.figure(figure("G19.fig2-right", "a mixture", d, false, sizes, networks, tangents, claimed, tangent));
    }

    private static void checkDecrease(ClaimRun run, List<SampledTraining> trainings) {
        run.check("decrease", new int[] {0, 1, 2}, (order, lab) -> {
                    double[] earlier = new double[2 * trainings.size()];
                    double[] later = new double[earlier.length];
                    for (int i = 0; i < earlier.length; i++) {
                        double[] risks = trainings.get(i / 2).decades();
                        earlier[i] = risks[order[i % 2]];
                        later[i] = risks[order[i % 2 + 1]];
                    }
                    return Comparison.atMost(later, earlier, ACCEPTED, "0.01, the noise accepted above");
                })
                .falsifiedBy("first two exchanged", new int[] {1, 0, 2});
    }

    private static RandomStream stream(ClaimRun run, int n) {
        return run.stream().part("N = " + n);
    }

    private static DMatrixRMaj weights(ClaimRun run, int n, int d) {
        return SampledTraining.weights(n, d, stream(run, n));
    }

    private static int fewer(int n) {
        return 4 * n / 5;
    }

    private static DMatrixRMaj first(int n, DMatrixRMaj weights) {
        return CommonOps_DDRM.extract(weights, 0, n, 0, weights.numCols);
    }

    private static double[] map(int[] sizes, IntToDoubleFunction value) {
        return Arrays.stream(sizes).mapToDouble(value).toArray();
    }

    private static double[] last(List<SampledTraining> trainings) {
        return trainings.stream().mapToDouble(SampledTraining::last).toArray();
    }

    private static String values(String name, int[] sizes, List<SampledTraining> trainings, double[] least) {
        StringBuilder text = new StringBuilder(name + ", risk after training (least risk):");
        for (int i = 0; i < sizes.length; i++) {
            text.append(String.format(
                    Locale.ROOT,
                    " N = %d: %.4f (%.4f);",
                    sizes[i],
                    trainings.get(i).last(),
                    least[i]));
        }
        return text.deleteCharAt(text.length() - 1).append('.').toString();
    }

    private static Figure figure(
            String name,
            String law,
            int d,
            boolean logarithmic,
            int[] sizes,
            List<SampledTraining> networks,
            List<SampledTraining> tangents,
            Risks claimed,
            IntToDoubleFunction tangent) {
        List<Figure.Series> series = new ArrayList<>();
        IntStream.range(0, sizes.length).forEach(i -> {
            series.add(networks.get(i).points("NN, N = " + sizes[i]));
            series.add(tangents.get(i).points("NT, N = " + sizes[i]));
        });
        for (int i = 0; i < sizes.length; i++) {
            double lazy = tangent.applyAsDouble(sizes[i]);
            if (!logarithmic || sizes[i] < d) {
                series.add(networks.get(i).line("least NN, N = " + sizes[i], claimed.claimed[i]));
                series.add(networks.get(i).line("least NT, N = " + sizes[i], lazy));
            }
        }
        return new Figure(
                name,
                "Risk against the number of samples, " + law,
                "d = " + d
                        + ", batches of 100, one pass; exact risks on the way, and the exact least risks of networks (NN) and of the "
                        + "tangent class (NT) as lines" + (logarithmic ? ", which are 0 for N >= d." : "."),
                new Figure.Axis("samples", true),
                new Figure.Axis("normalised risk", logarithmic),
                series);
    }
}
