package bubeck2020;

import java.util.Arrays;
import java.util.Locale;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.linalg.SymmetricEigen;
import org.lemmalab.random.RandomStream;

/** Generic points with labels, and directions u that their tangent pairs start from. */
record LabelledPoints(GenericPoints set, Labels labels, long seed) {
    /** How the labels come about. */
    enum Labels {
        /** Independent normal numbers. */
        GAUSSIAN,
        /** Independent fair signs. */
        SIGNS,
        /** All one. */
        ONES,
        /** A linear function of the points. */
        LINEAR,
        /** The eigenvector of the kernel matrix's lowest eigenvalue. */
        LOWEST,
        /** Zero but at the first point. */
        SPIKE,
        /** All zero. */
        ZERO
    }

    /** Any {@linkplain GenericPoints#any generic points} with any labels. */
    static Arbitrary<LabelledPoints> any(int maxPoints) {
        return Combinators.combine(
                        GenericPoints.any(maxPoints),
                        Arbitraries.of(Labels.class),
                        Arbitraries.longs().between(0, 1_000_000))
                .as(LabelledPoints::new);
    }

    /** The labels, one per point. */
    double[] y() {
        RandomStream stream = RandomStream.of(seed, "bubeck2020.LabelledPoints");
        double[] y = new double[set.n()];
        switch (labels) {
            case GAUSSIAN -> y = stream.gaussians(set.n());
            case SIGNS -> y = stream.signs(set.n());
            case ONES -> Arrays.fill(y, 1);
            case LINEAR -> y = LinearAlgebra.product(set.points(), stream.gaussians(set.d()));
            case LOWEST -> {
                SymmetricEigen eigen = LinearAlgebra.eigen(set.kernel());
                double[] last = new double[set.n()];
                last[set.n() - 1] = 1;
                y = eigen.combine(last);
            }
            case SPIKE -> y[0] = 1;
            case ZERO -> {}
        }
        return y;
    }

    /** Where the directions come from, one per trial. */
    RandomStream directions() {
        return RandomStream.of(seed, "bubeck2020.LabelledPoints").part("u");
    }

    /** The k-th of some standard normal directions. */
    double[] direction(long k) {
        return directions().trial(k).gaussians(set.d());
    }

    /** Names the instance on the card. */
    void cover(ClaimRun run) {
        run.covers(set.family())
                .covers("labels " + labels.name().toLowerCase(Locale.ROOT))
                .covers(set.d() == 1 ? "d = 1" : "d > 1")
                .covers(set.n() == 1 ? "n = 1" : "n > 1");
    }
}
