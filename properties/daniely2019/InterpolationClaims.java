package daniely2019;

import java.util.Arrays;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import org.ejml.data.DMatrixRMaj;
import org.lemmalab.activation.DecentActivation;
import org.lemmalab.claim.Claim;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.kernel.KernelSections;
import org.lemmalab.kernel.ReluGramMatrix;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.linalg.SymmetricEigen;
import org.lemmalab.random.PointLaw;
import org.lemmalab.random.RandomStream;
import org.lemmalab.stats.Comparison;
import org.lemmalab.stats.Rate;

/**
 * Random labels of random points are interpolated at norm {@code O(sqrt m)}, in the limit kernel's space and by {@code O~(m/d)} neurons.
 *
 * <h2>Source</h2>
 *
 * D19, section 3.3 (the function h*) and appendix A.4, eq. (7).
 *
 * <h2>Statement</h2>
 *
 * For {@code m = d^c}, c > 1, K the Gram matrix of {@code tk^h} and {@code Psi} the embedding by {@code q = kappa m/d} neurons, with high probability
 *
 * <pre>{@code
 * h* = sum_i c_i tk^h(., x_i),  K c = y:   h*(x_i) = y_i,  |h*|^2 = y^T K^-1 y <= m / lambda_min(K) = O(m)
 * v = Psi^+ y:                             <v, Psi(x_i)> = y_i,  |v|^2 = y^T K_omega^+ y = O(m).
 * }</pre>
 *
 * Off the d linear directions K is near {@code Var s'(G) I}, so that the second constant is tested in the unit {@code m / Var s'(G)}.
 *
 * <h2>Instances</h2>
 *
 * ReLU, c = 1.2 and 1.5, m from 16 to 343; nine activations, d = 16, m = 64, kappa = 4, so q d = 256.
 *
 * <h2>How it is checked</h2>
 *
 * h* by Cholesky: with {@code lambda_max <= m/2} and {@code lambda_min} about 0.1 the residual is below {@code m^2 2^-53 * 10}, 1e-9 allowed. The exponent of
 * {@code |h*|} in m is 1/2 up to 0.15 (from dimension 10 to 49; draws give 0.44 to 0.55). The events {@code |h*|^2 > 6 m} and, for v, 'off by
 * {@code 10^-6} at some point or {@code |v|^2 > 6 m / Var s'(G)}' happen at most once in fifty draws, against once in ten. v by the eigenvalues above {@code 10^-10} of the largest.
 *
 * <h2>Falsifiers</h2>
 *
 * Exponent 1 (the radius O(m)) and 1/4; {@code |h*|^2 <= 2 m}; the mean eigenvalue for the smallest. {@code kappa = 0.4} and a linear activation, which leave fewer dimensions than
 * points; {@code |v|^2 <= m / (2 Var s'(G))}.
 */
class InterpolationClaims {
    @Provide
    Arbitrary<Double> exponents() {
        return Arbitraries.of(1.2, 1.5);
    }

    /** Points, labels and their Gram matrix. */
    private record Sample(DMatrixRMaj points, double[] labels, DMatrixRMaj gram) {
        static Sample draw(int d, double c, RandomStream stream) {
            DMatrixRMaj points = PointLaw.SPHERE.rows((int) Math.round(Math.pow(d, c)), d, stream.part("points"));
            return new Sample(points, stream.part("labels").signs(points.numRows), ReluGramMatrix.of(points));
        }

        double normSquared() {
            return LinearAlgebra.cholesky(gram).quadraticForm(labels);
        }
    }

    @Claim(
            id = "D19.memo-hstar",
            statement =
                    "\\exists\\, h^* \\in \\mathcal H_{\\mathrm{tk}^h}^{O(\\sqrt m)} : \\; h^*(x_i) = y_i \\text{ for all } i",
            hypotheses = "$m = d^c$ random points and labels, $c > 1$, w.h.p.; here ReLU",
            instances = 2)
    void interpolantHasNormOfTheRootOfTheSampleSize(@ForAll("exponents") double c, ClaimRun run) {
        run.covers("c = " + c);
        run.note("Printed with radius O(m): a larger ball, true as well; the sentence after it needs O(sqrt m).");
        Sample sample = Sample.draw(20, c, run.stream().part("sample"));
        int m = sample.labels.length;
        double[] coefficients = LinearAlgebra.cholesky(sample.gram).solve(sample.labels);
        KernelSections interpolant = new KernelSections(ReluGramMatrix::cross, sample.points, coefficients);
        run.check(
                        "values at the points",
                        1.0,
                        (factor, lab) -> Comparison.equal(
                                interpolant.values(sample.points), scaled(sample.labels, factor), 1e-9, "m^2 2^-53 10"))
                .falsifiedBy("1.1 y", 1.1);
        SymmetricEigen eigen = LinearAlgebra.eigen(sample.gram);
        double mean = Arrays.stream(eigen.values()).sum() / m;
        run.check(
                        "norm against the smallest eigenvalue",
                        eigen.smallest(),
                        (lambda, lab) ->
                                Comparison.atMost(interpolant.normSquared(), m / lambda, 1e-9 * m, "m^2 2^-53 10"))
                .falsifiedBy("mean eigenvalue", mean);
        double[] dimensions = {10, 49};
        double[] sizes =
                Arrays.stream(dimensions).map(d -> Math.round(Math.pow(d, c))).toArray();
        run.check(
                        "exponent of the norm in m",
                        0.5,
                        (exponent, lab) -> Rate.perReplicate(exponent, 0.15, sizes)
                                .clippedTo(exponent - 0.75, exponent + 0.75)
                                .decide(
                                        index -> {
                                            double[] norms = new double[2];
                                            for (int j = 0; j < 2; j++) {
                                                RandomStream stream = lab.stream()
                                                        .trial(index)
                                                        .part("d = " + dimensions[j]);
                                                norms[j] = Math.sqrt(Sample.draw((int) dimensions[j], c, stream)
                                                        .normSquared());
                                            }
                                            return norms;
                                        },
                                        lab.terms()))
                .falsifiedBy("1", 1.0)
                .falsifiedBy("1/4", 0.25);
        run.check(
                        "squared norm, d = 30",
                        6.0,
                        (factor, lab) -> lab.failsAtMost(0.02, 0.1, stream -> {
                            Sample drawn = Sample.draw(30, c, stream);
                            return drawn.normSquared() > factor * drawn.labels.length;
                        }))
                .falsifiedBy("2 m", 2.0);
    }

    private static double[] scaled(double[] values, double factor) {
        return Arrays.stream(values).map(value -> factor * value).toArray();
    }

    /** The number of neurons per m/d, the bound in units of {@code m / Var s'(G)}, and whether the activation is replaced by a linear one. */
    private record Setting(double kappa, double bound, boolean linear) {}

    @Provide
    Arbitrary<DecentActivation> activations() {
        return Arbitraries.of(MemorizationTask.ACTIVATIONS);
    }

    @Claim(
            id = "D19.eq7",
            statement =
                    "\\exists\\, v \\in \\mathbb R^{qd} : \\; \\langle v, \\Psi_\\omega(x_i)\\rangle = y_i + o(1) \\text{ for all } i, \\quad"
                            + " \\|v\\|^2 = \\tilde O(m)",
            hypotheses =
                    "$q = \\tilde O(m/d)$, $m = d^c$ random points and labels, w.p. $1 - o(1)$; here $c = 1.5$, $q = \\lceil 4m/d \\rceil$,"
                            + " exact values and $\\|v\\|^2 \\le 6m/\\mathrm{Var}\\,\\sigma'(G)$",
            instances = 5)
    void fewNeuronsInterpolate(@ForAll("activations") DecentActivation activation, ClaimRun run) {
        run.covers(activation.name());
        run.note("2v has margins 2, hence hinge loss 0: that is how all examples are memorized.");
        double unit = 1 / MemorizationTask.of(activation, 16, 4).variance();
        run.check(
                        "least-norm interpolant, d = 16, m = 64",
                        new Setting(4, 6, false),
                        (setting, lab) -> lab.failsAtMost(0.02, 0.1, stream -> {
                            MemorizationTask task = MemorizationTask.of(
                                    setting.linear ? DecentActivation.IDENTITY : activation, 16, setting.kappa);
                            return misses(task, setting.bound * unit, stream);
                        }))
                .falsifiedBy("kappa = 0.4", new Setting(0.4, 6, false))
                .falsifiedBy("linear activation", new Setting(4, 6, true))
                .falsifiedBy("m / (2 Var)", new Setting(4, 0.5, false));
    }

    /** Whether the least-norm least-squares solution is off by {@code 10^-6} at some point or longer than allowed. */
    private static boolean misses(MemorizationTask task, double bound, RandomStream stream) {
        double[] y = task.labels(stream);
        SymmetricEigen eigen = LinearAlgebra.eigen(task.gram(stream));
        double[] coordinates = eigen.project(y);
        double normSquared = 0;
        for (int k = 0; k < coordinates.length; k++) {
            if (eigen.values()[k] > 1e-10 * eigen.largest()) {
                normSquared += coordinates[k] * coordinates[k] / eigen.values()[k];
            } else {
                coordinates[k] = 0;
            }
        }
        double[] values = eigen.combine(coordinates);
        double worst = 0;
        for (int i = 0; i < y.length; i++) {
            worst = Math.max(worst, Math.abs(values[i] - y[i]));
        }
        return !(worst <= 1e-6) || normSquared > bound * y.length;
    }
}
