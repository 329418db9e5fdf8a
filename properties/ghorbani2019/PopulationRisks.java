package ghorbani2019;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import org.ejml.data.DMatrixRMaj;
import org.lemmalab.activation.Quadratic;
import org.lemmalab.data.GaussianMixture;
import org.lemmalab.data.QuadraticTarget;
import org.lemmalab.random.RandomStream;
import org.lemmalab.risk.NetworkRisk;
import org.lemmalab.risk.RandomFeatureRisk;
import org.lemmalab.risk.TangentRisk;
import org.lemmalab.risk.WeightLaw;

/**
 * Exact risks of all regimes for one draw of the weights, over that of the predictor 0, at several numbers of neurons.
 *
 * @param model the target or the mixture
 * @param ratios {@code rho = N/d}, ascending
 * @param exact the risks of each regime at these ratios
 */
record PopulationRisks<M>(M model, double[] ratios, Map<Regime, double[]> exact) {

    /** A class of networks with quadratic activation, with its weights. */
    enum Regime {
        RANDOM_FEATURES("RF, Gamma = I/d"),
        ALIGNED_FEATURES("RF, Gamma = B / tr B"),
        TANGENT("NT"),
        NETWORK("NN");

        private final String label;

        Regime(String label) {
            this.label = label;
        }

        String label() {
            return label;
        }
    }

    /** A formula for the risks of a regime. */
    interface Formula<M> {
        double at(M model, double rho);
    }

    /** For a target with a diagonal {@code B >= 0}. */
    static PopulationRisks<QuadraticTarget> of(
            QuadraticTarget target, double[] ratios, RandomStream stream, Regime... regimes) {
        int d = target.dimension();
        int most = neurons(ratios[ratios.length - 1], d);
        DMatrixRMaj weights = WeightLaw.isotropic(d).draw(most, stream.part("isotropic"));
        Map<Regime, double[]> exact = new EnumMap<>(Regime.class);
        for (Regime regime : regimes) {
            double[] risks = switch (regime) {
                case RANDOM_FEATURES -> at(ratios, d, features(target, weights));
                case ALIGNED_FEATURES ->
                    at(ratios, d, features(target, aligned(target).draw(most, stream.part("aligned"))));
                case TANGENT -> at(ratios, d, TangentRisk.ofFirst(target, first(Math.min(most, d), weights)));
                case NETWORK ->
                    Arrays.stream(ratios)
                            .map(rho -> NetworkRisk.of(target, neurons(rho, d)))
                            .toArray();
            };
            Arrays.setAll(risks, k -> risks[k] / target.normSquared());
            exact.put(regime, risks);
        }
        return new PopulationRisks<>(target, ratios, exact);
    }

    private static WeightLaw aligned(QuadraticTarget target) {
        double[] variances = new double[target.dimension()];
        Arrays.setAll(variances, i -> target.matrix().get(i, i) / target.trace());
        return WeightLaw.diagonal(variances);
    }

    static PopulationRisks<GaussianMixture> of(
            GaussianMixture mixture, double[] ratios, RandomStream stream, Regime... regimes) {
        int d = mixture.dimension();
        DMatrixRMaj weights = WeightLaw.isotropic(d).draw(neurons(ratios[ratios.length - 1], d), stream);
        Map<Regime, double[]> exact = new EnumMap<>(Regime.class);
        for (Regime regime : regimes) {
            exact.put(
                    regime,
                    switch (regime) {
                        case RANDOM_FEATURES ->
                            at(
                                    ratios,
                                    d,
                                    RandomFeatureRisk.of(mixture, Quadratic.SQUARE.centred(), weights)
                                            .risks());
                        case ALIGNED_FEATURES ->
                            throw new IllegalArgumentException(
                                    "regime = " + regime + ", allowed: those with Gamma = I/d");
                        case TANGENT -> tangent(mixture, ratios, weights);
                        case NETWORK ->
                            Arrays.stream(ratios)
                                    .map(rho -> NetworkRisk.of(mixture, neurons(rho, d)))
                                    .toArray();
                    });
        }
        return new PopulationRisks<>(mixture, ratios, exact);
    }

    private static double[] tangent(GaussianMixture mixture, double[] ratios, DMatrixRMaj weights) {
        int d = mixture.dimension();
        double[] risks = new double[ratios.length];
        for (int k = 0; k < ratios.length; k++) { // d neurons span everything already
            risks[k] = k > 0 && neurons(ratios[k - 1], d) >= d
                    ? risks[k - 1]
                    : TangentRisk.of(mixture, first(Math.min(neurons(ratios[k], d), d), weights));
        }
        return risks;
    }

    /** The exact risks of a regime. @throws IllegalArgumentException when they were not computed */
    double[] of(Regime regime) {
        double[] risks = exact.get(regime);
        if (risks == null) {
            throw new IllegalArgumentException("regime = " + regime + ", allowed: " + exact.keySet());
        }
        return risks;
    }

    /** The exact risks less the formula. */
    double[] gaps(Regime regime, Formula<M> formula) {
        double[] gaps = of(regime).clone();
        for (int k = 0; k < gaps.length; k++) {
            gaps[k] -= formula.at(model, ratios[k]);
        }
        return gaps;
    }

    private static double[] features(QuadraticTarget target, DMatrixRMaj weights) {
        return RandomFeatureRisk.of(target, Quadratic.SQUARE.centred(), weights).risks();
    }

    /** The entries at {@code N = rho d}; the last one beyond. */
    private static double[] at(double[] ratios, int d, double[] risks) {
        return Arrays.stream(ratios)
                .map(rho -> risks[Math.min(neurons(rho, d), risks.length) - 1])
                .toArray();
    }

    private static int neurons(double rho, int d) {
        return (int) Math.round(rho * d);
    }

    private static DMatrixRMaj first(int rows, DMatrixRMaj weights) {
        return new DMatrixRMaj(rows, weights.numCols, true, Arrays.copyOf(weights.data, rows * weights.numCols));
    }
}
