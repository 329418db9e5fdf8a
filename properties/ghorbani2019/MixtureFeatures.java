package ghorbani2019;

import java.util.Arrays;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.data.GaussianMixture;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.risk.RandomFeatureLimit;
import org.lemmalab.risk.RandomFeatureRisk;
import org.lemmalab.risk.WeightLaw;

/** A mixture and a law of weights in every dimension, scaled so that {@code tr(Gamma Sigma) = 1} (M1, M2, B2). */
record MixtureFeatures(MixtureFamily family, WeightFamily weights) {

    /** Those whose risk is well below 1: {@code zeta_2} at least 0.2. */
    static Arbitrary<MixtureFeatures> aligned() {
        return Combinators.combine(Arbitraries.of(MixtureFamily.values()), Arbitraries.of(WeightFamily.values()))
                .as(MixtureFeatures::new)
                .filter(f -> RandomFeatureLimit.zeta2(f.mixture(40), f.law(40)) >= 0.2);
    }

    /** The mixture in dimension d, even. */
    GaussianMixture mixture(int d) {
        return family.of(d);
    }

    /** The law of the weights in dimension d, even. */
    WeightLaw law(int d) {
        DMatrixRMaj gamma = weights.of(d).gamma().copy();
        CommonOps_DDRM.scale(1 / LinearAlgebra.dot(gamma.data, mixture(d).sigma().data), gamma);
        return new WeightLaw(gamma);
    }

    void cover(ClaimRun run) {
        run.covers("mixture " + family).covers("weights " + weights);
    }

    /** The entries of {@code risks} at {@code N = rho d}. */
    static double[] at(double[] ratios, int d, RandomFeatureRisk risk) {
        double[] risks = risk.risks();
        return Arrays.stream(ratios).map(rho -> risks[(int) (rho * d) - 1]).toArray();
    }
}
