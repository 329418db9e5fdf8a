package daniely2019;

import java.util.Arrays;
import java.util.stream.DoubleStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import org.ejml.data.DMatrixRMaj;
import org.lemmalab.activation.DecentActivation;
import org.lemmalab.activation.HermiteExpansion;
import org.lemmalab.claim.Claim;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.feature.TangentFeatureScheme;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.random.PointLaw;
import org.lemmalab.random.RandomStream;
import org.lemmalab.stats.Comparison;

/**
 * Decent activations: the bounds of their derivatives, their Hermite coefficients, and the tangent features that they bound.
 *
 * <h2>Source</h2>
 *
 * D19, section 2.3 (decent activations), appendix A.4 ('sigma is not a polynomial'), section 2.6 and end of appendix A.3 (the tangent scheme is
 * factorized and bounded).
 *
 * <h2>Statement</h2>
 *
 * <pre>{@code
 * |s'| <= C and |s''| <= H off the kinks, with the least constants C and H
 * s decent and not linear: infinitely many Hermite coefficients are not 0
 * psi(w, x) = s'(<w, x>) x:   |psi| = |s'(<w, x>)| <= C on the unit sphere
 * }</pre>
 *
 * <h2>Instances</h2>
 *
 * Ten activations; weights drawn, and adversarial ones: 0, and 12 and -12 times the point.
 *
 * <h2>How it is checked</h2>
 *
 * Suprema on a grid of {@code [-12, 12]} with spacing {@code h = 0.01}: at most the constant, and at least 0.999 of it, as {@code s'} and
 * {@code s''} are Lipschitz with constant at most 4 or constant between kinks, and within {@code e^-12} of their limits at the ends. Three of the
 * coefficients {@code a_4, ..., a_12} above 1e-6 stand for infinitely many. {@code z^2} and {@code z^3} are not decent: their derivatives are
 * larger than those of every activation here.
 *
 * <h2>Falsifiers</h2>
 *
 * Constants smaller by a factor 1.05; all nine coefficients different from 0, which parity forbids.
 */
class DecentActivationClaims {
    @Provide
    Arbitrary<DecentActivation> nonlinear() {
        return new PairedNetwork.Any().get().map(PairedNetwork::activation);
    }

    @Claim(
            id = "D19.decent",
            statement = "|\\sigma'| \\le C, \\quad |\\sigma''| \\le H \\text{ off the kinks}",
            hypotheses = "a decent $\\sigma$ that is not linear has infinitely many Hermite coefficients other than 0",
            instances = 50)
    void derivativesAreBoundedAndTheExpansionIsInfinite(@ForAll("nonlinear") DecentActivation s, ClaimRun run) {
        run.covers(s.name());
        double[] grid = DoubleStream.iterate(-12, z -> z < 12, z -> z + 0.01)
                .map(z -> z + 0.005)
                .toArray();
        double slope =
                Arrays.stream(grid).map(z -> Math.abs(s.derivative(z))).max().orElseThrow();
        double curvature = Arrays.stream(grid)
                .map(z -> Math.abs(s.secondDerivative(z)))
                .max()
                .orElseThrow();
        run.check(
                        "slope",
                        1.0,
                        (factor, lab) -> Comparison.atMost(
                                slope, factor * s.lipschitz(), 4 * 0x1p-53 * s.lipschitz(), "rounding of s'"))
                .falsifiedBy("C / 1.05", 1 / 1.05);
        run.check(
                        "slope attained",
                        0.999,
                        (factor, lab) -> Comparison.atLeast(slope, factor * s.lipschitz(), 0, "none"))
                .falsifiedBy("1.05 C", 1.05);
        DecentActivation smooth = s.kinkList().isEmpty() ? s : DecentActivation.TANH;
        double bent = s.equals(smooth)
                ? curvature
                : Arrays.stream(grid)
                        .map(z -> Math.abs(smooth.secondDerivative(z)))
                        .max()
                        .orElseThrow();
        run.check(
                        "curvature of a smooth one",
                        1.0,
                        (factor, lab) ->
                                Comparison.atMost(bent, factor * smooth.curvature(), 8 * 0x1p-53, "rounding of s''"))
                .falsifiedBy("H / 1.05", 1 / 1.05);
        double[] a = HermiteExpansion.of(s, 13);
        long present =
                Arrays.stream(a, 4, 13).filter(value -> Math.abs(value) > 1e-6).count();
        long presentInRelu = Arrays.stream(HermiteExpansion.of(DecentActivation.RELU, 13), 4, 13)
                .filter(value -> Math.abs(value) > 1e-6)
                .count();
        run.check(
                        "coefficients among a_4 to a_12",
                        3.0,
                        (least, lab) -> Comparison.atLeast(new double[] {present, presentInRelu}, least, 0, "a count"))
                .falsifiedBy("all nine", 9.0)
                .falsifiedBy("six", 6.0);
    }

    /** An activation with a point and weights. */
    record Features(DecentActivation activation, int d, long seed) {}

    @Provide
    Arbitrary<Features> features() {
        return Combinators.combine(
                        nonlinear(),
                        Arbitraries.integers().between(1, 10),
                        Arbitraries.longs().between(0, 1_000_000))
                .as(Features::new);
    }

    @Claim(
            id = "D19.rfs-bounded",
            statement = "\\|\\psi(\\omega, x)\\| = |\\sigma'(\\langle \\omega, x\\rangle)| \\le \\sup |\\sigma'|",
            hypotheses =
                    "$x \\in \\mathbb S^{d-1}$; $\\psi(\\omega, x) = \\sigma'(\\langle\\omega, x\\rangle)\\,x$ is factorized")
    void tangentFeaturesAreFactorizedAndBounded(@ForAll("features") Features drawn, ClaimRun run) {
        run.covers(drawn.activation.name());
        RandomStream stream = RandomStream.of(drawn.seed, "DecentActivationClaims");
        DMatrixRMaj x = PointLaw.SPHERE.rows(1, drawn.d, stream.part("x"));
        TangentFeatureScheme scheme = new TangentFeatureScheme(drawn.activation, drawn.d);
        DMatrixRMaj omegas = scheme.draw(40, stream.part("w"));
        double[] along = {0, 12, -12}; // the last three: adversarial
        for (int i = 0; i < 3; i++) {
            for (int k = 0; k < drawn.d; k++) {
                omegas.set(37 + i, k, along[i] * x.get(0, k));
            }
        }
        double[] norms = new double[40];
        double[] slopes = new double[40];
        for (int i = 0; i < 40; i++) {
            norms[i] = LinearAlgebra.norm(scheme.features(omegas, i, x).data);
            slopes[i] = Math.abs(
                    drawn.activation.derivative(LinearAlgebra.dot(omegas.data, i * drawn.d, x.data, 0, drawn.d)));
        }
        double bound = drawn.activation.lipschitz();
        double rounding = (drawn.d + 4) * 0x1p-52;
        run.check(
                        "norm against slope",
                        1.0,
                        (factor, lab) -> Comparison.equal(
                                norms,
                                Arrays.stream(slopes)
                                        .map(slope -> factor * slope)
                                        .toArray(),
                                rounding * bound,
                                "(d + 4) 2^-52: |x| = 1 to rounding"))
                .falsifiedBy("1.1 times", 1.1);
        run.check(
                        "norm against C",
                        1.0,
                        (factor, lab) -> Comparison.atMost(norms, factor * bound, rounding * bound, "(d + 4) 2^-52 C"))
                .falsifiedBy("C / 1.05", 1 / 1.05);
    }
}
