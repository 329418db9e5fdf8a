package daniely2019;

import java.util.Arrays;
import net.jqwik.api.ForAll;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.lemmalab.activation.DecentActivation;
import org.lemmalab.claim.Claim;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.feature.RandomEmbedding;
import org.lemmalab.feature.TangentFeatureScheme;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.random.PointLaw;
import org.lemmalab.random.RandomStream;
import org.lemmalab.stats.Assumption.Bounded;
import org.lemmalab.stats.Comparison;

/**
 * The random approximation of a function from its representative: its mean, its variance, and its norm.
 *
 * <h2>Source</h2>
 *
 * D19, section 2.6.
 *
 * <h2>Statement</h2>
 *
 * For f in {@code H_k} with representative fcheck, {@code f_omega(x) = (1/q) sum_i <fcheck(omega_i), psi(omega_i, x)> = <v, Psi_omega(x)>}:
 *
 * <pre>{@code
 * E f_omega(x) = f(x),   Var f_omega(x) <= (1/q) E <fcheck, psi>^2 <= C^2 |f|_k^2 / q
 * |f_omega|_(k_omega) <= |v|,   E |v|^2 = |f|_k^2
 * }</pre>
 *
 * <h2>Instances</h2>
 *
 * ReLU's tangent scheme (C = 1), {@code f = sum_j c_j k(., x_j)} with three centres, one to eight neurons, d from 1 to 20; the function {@code k(., x0)} at
 * {@code x0}, where the second inequality is an equality.
 *
 * <h2>How it is checked</h2>
 *
 * Second moments are orthant probabilities of three half-spaces (see the fixture), to 1e-7 near coinciding points. Means of drawn approximations, which
 * lie in {@code [-A, A]}, {@code A = sum |c_j|}; {@code 0.05 A} is told apart at a centre with one large coefficient. The norm of {@code f_omega} on 30 points is at most that on the sphere.
 *
 * <h2>Falsifiers</h2>
 *
 * No 1/q, nine tenths of the bounds where they are attained, {@code |f|^2 / q}.
 */
class RandomApproximationClaims {
    private static final String ANGLES = "angles to 2e-8 of sums of 9 terms below the largest product of coefficients";

    /** f, drawn by its scheme, at the points: {@code f_omega} of q fresh omegas. */
    private static double[] approximation(ReluExpansion f, DMatrixRMaj points, RandomStream stream) {
        RandomEmbedding embedding = RandomEmbedding.draw(scheme(f), f.q(), stream);
        return LinearAlgebra.product(embedding.features(points), direction(f, embedding));
    }

    /** {@code v = (fcheck(omega_1), ..., fcheck(omega_q)) / sqrt(q)}. */
    private static double[] direction(ReluExpansion f, RandomEmbedding embedding) {
        return LinearAlgebra.productTransA(embedding.features(f.centres()), f.coefficients());
    }

    private static TangentFeatureScheme scheme(ReluExpansion f) {
        return new TangentFeatureScheme(DecentActivation.RELU, f.d());
    }

    private static double total(ReluExpansion f) {
        return Arrays.stream(f.coefficients()).map(Math::abs).sum();
    }

    @Claim(
            id = "D19.fomega-unbiased",
            statement = "\\mathbb E\\, f_\\omega(x) = f(x)",
            hypotheses = "every $x$ and $q$")
    void approximationsAreUnbiased(@ForAll(supplier = ReluExpansion.Any.class) ReluExpansion drawn, ClaimRun run) {
        ReluExpansion f = drawn.cover(run);
        DMatrixRMaj x = CommonOps_DDRM.extract(f.points(), 0, 1, 0, f.d());
        double reach = 1.01 * total(f);
        double value = f.function().values(x)[0];
        run.check(
                        "drawn",
                        0.0,
                        (shift, lab) -> lab.meanEquals(
                                value + shift * reach,
                                0.05 * reach,
                                new Bounded(-1.5 * reach, 1.5 * reach),
                                stream -> approximation(f, x, stream)[0]))
                .falsifiedBy("off by 0.15 sum |c|", 0.15);
        TangentFeatureScheme scheme = scheme(f);
        DMatrixRMaj centre = CommonOps_DDRM.extract(f.centres(), 0, 1, 0, f.d());
        run.check(
                        "k(., x0) at x0, q = 4",
                        1.0,
                        (factor, lab) -> lab.meanEquals(factor / 2, 0.03, new Bounded(0, 2.1), stream -> {
                            RandomEmbedding embedding = RandomEmbedding.draw(scheme, 4, stream);
                            return LinearAlgebra.gram(embedding.features(centre))
                                    .get(0, 0);
                        }))
                .falsifiedBy("without 1/q", 4.0)
                .falsifiedBy("1.3 times", 1.3);
    }

    @Claim(
            id = "D19.fomega-var",
            statement =
                    "\\operatorname{Var} f_\\omega(x) \\le \\frac1q \\mathbb E \\langle \\check f, \\psi(\\cdot, x)\\rangle^2 \\le \\frac{C^2 \\|f\\|_k^2}{q}",
            hypotheses = "every $x$; $C = \\sup \\|\\psi\\|$")
    void varianceIsAtMostTheNormOverTheNumberOfFeatures(
            @ForAll(supplier = ReluExpansion.Any.class) ReluExpansion drawn, ClaimRun run) {
        ReluExpansion f = drawn.cover(run);
        double[] errors = f.pointwiseErrors();
        double[] moments = f.secondMoments();
        double rounding = 2e-7 * (1 + total(f) * total(f));
        double norm = f.normSquared();
        run.check("variance, and where f vanishes", 1.0, (factor, lab) -> {
                    double[] observed = new double[errors.length + 1];
                    double[] bound = new double[observed.length];
                    for (int i = 0; i < errors.length; i++) {
                        observed[i] = f.q() * errors[i];
                        bound[i] = factor * moments[i];
                    }
                    SignScheme sharp = new SignScheme(true, 3, 2, 1);
                    observed[errors.length] = 2 * sharp.moments().square(); // f = 0 there: variance = second moment
                    bound[errors.length] = factor / 3;
                    return Comparison.atMost(observed, bound, rounding, ANGLES);
                })
                .falsifiedBy("0.9", 0.9);
        run.check("second moment, and k(., x0) at x0", 1.0, (factor, lab) -> {
                    double[] observed = Arrays.copyOf(moments, moments.length + 1);
                    double[] bound = new double[observed.length];
                    Arrays.fill(bound, factor * norm);
                    observed[moments.length] = 0.5; // E 1{<w, x0> > 0} = |k(., x0)|^2
                    bound[moments.length] =
                            factor * ReluExpansion.KERNEL.profile().applyAsDouble(1);
                    return Comparison.atMost(observed, bound, rounding, ANGLES);
                })
                .falsifiedBy("0.9", 0.9)
                .falsifiedBy("1/2", 0.5);
    }

    @Claim(
            id = "D19.fomega-membership",
            statement =
                    "f_\\omega \\in H_{k_\\omega}, \\quad \\|f_\\omega\\|_{k_\\omega} \\le \\|v\\|, \\quad \\mathbb E \\|v\\|^2 = \\|f\\|_k^2",
            hypotheses = "$v = (\\check f(\\omega_1), \\dots, \\check f(\\omega_q))/\\sqrt q$",
            instances = 20)
    void approximationsLieInTheRandomKernelsSpace(
            @ForAll(supplier = ReluExpansion.Any.class) ReluExpansion drawn, ClaimRun run) {
        ReluExpansion f = drawn.cover(run);
        RandomEmbedding embedding =
                RandomEmbedding.draw(scheme(f), f.q(), f.stream().part("omega"));
        double[] v = direction(f, embedding);
        DMatrixRMaj features =
                embedding.features(PointLaw.SPHERE.rows(30, f.d(), f.stream().part("sphere")));
        double[] values = LinearAlgebra.product(features, v);
        double norm = LinearAlgebra.dot(
                values,
                LinearAlgebra.product(
                        LinearAlgebra.eigen(LinearAlgebra.gram(features)).pseudoInverse(1e-9), values));
        double size = LinearAlgebra.dot(v, v);
        DMatrixRMaj one = DMatrixRMaj.wrap(1, 1, new double[] {1}); // d = 1, k(., 1), an active neuron: equality
        RandomEmbedding active = new RandomEmbedding(new TangentFeatureScheme(DecentActivation.RELU, 1), one);
        double single = 1 / active.gram(one).get(0, 0);
        run.check(
                        "squared norm, drawn and one active neuron",
                        1.0,
                        (factor, lab) -> Comparison.atMost(
                                new double[] {norm, single},
                                new double[] {factor * size, factor},
                                1e-6 * (1 + size),
                                "eigenvalues above 1e-9 of the largest: 1e-16 / 1e-9, times 10"))
                .falsifiedBy("0.9", 0.9);
        DMatrixRMaj centre = CommonOps_DDRM.extract(f.centres(), 0, 1, 0, f.d());
        run.check(
                        "mean of |v|^2 for k(., x0), q = 4",
                        1.0,
                        (factor, lab) -> lab.meanEquals(factor * 0.5, 0.03, new Bounded(0, 1.01), stream -> {
                            double[] direction =
                                    RandomEmbedding.draw(scheme(f), 4, stream).features(centre).data;
                            return LinearAlgebra.dot(direction, direction);
                        }))
                .falsifiedBy("|f|^2 / q", 0.25)
                .falsifiedBy("1.3 |f|^2", 1.3);
    }
}
