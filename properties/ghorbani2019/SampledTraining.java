package ghorbani2019;

import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleSupplier;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.lemmalab.claim.Figure;
import org.lemmalab.data.GaussianMixture;
import org.lemmalab.data.LabeledLaw;
import org.lemmalab.data.QuadraticTarget;
import org.lemmalab.numeric.ParallelBlocks;
import org.lemmalab.random.RandomStream;
import org.lemmalab.risk.QuadraticFormRisk;
import org.lemmalab.risk.WeightLaw;
import org.lemmalab.trainer.QuadraticNetworkDescent;
import org.lemmalab.trainer.TangentDescent;

/** A network or tangent class with N neurons on its way through fresh samples, in batches of 100; risks are evaluated exactly. */
final class SampledTraining {
    private static final int BATCH = 100;

    /** The steps: {@code eps[j]} from the part {@code from[j]} of them on. */
    record Schedule(int steps, double[] eps, double[] from) {}

    private interface Steps {
        void take(int count, double eps);
    }

    private final Steps steps;
    private final DoubleSupplier risk;
    private double[] samples = {};
    private double[] risks = {};

    private SampledTraining(Steps steps, DoubleSupplier risk) {
        this.steps = steps;
        this.risk = risk;
    }

    /** The weights of every network of this stream: the first n of {@code N(0, I/d)}. */
    static DMatrixRMaj weights(int n, int d, RandomStream stream) {
        return WeightLaw.isotropic(d).draw(n, stream.part("W"));
    }

    /** The risk of {@code c + x^T M x} on a law, divided by that of the best constant. */
    private static double normalised(LabeledLaw law, DMatrixRMaj form, double c) {
        return law instanceof GaussianMixture mixture
                ? QuadraticFormRisk.of(mixture, form, c)
                : QuadraticFormRisk.of((QuadraticTarget) law, form, c)
                        / (2 * ((QuadraticTarget) law).frobeniusSquared());
    }

    /** A network from half of the weights; with {@code a_i = 1} fixed, or all of the second layer trained. */
    static SampledTraining network(
            LabeledLaw law, int n, double[] secondLayer, boolean fixed, double offset, RandomStream stream) {
        DMatrixRMaj weights = weights(n, law.dimension(), stream);
        CommonOps_DDRM.scale(0.5, weights);
        FreshSamples samples = new FreshSamples(law, stream.part("samples"));
        QuadraticNetworkDescent run = fixed
                ? QuadraticNetworkDescent.withFixedSecondLayer(weights, offset, BATCH, samples)
                : QuadraticNetworkDescent.ofBothLayers(weights, secondLayer, offset, BATCH, samples);
        return new SampledTraining(
                run::steps,
                () -> normalised(law, QuadraticFormRisk.ofNetwork(run.weights(), run.secondLayer()), run.offset()));
    }

    /** The tangent class at the weights. */
    static SampledTraining tangent(LabeledLaw law, int n, double offset, RandomStream stream) {
        TangentDescent run = new TangentDescent(
                weights(n, law.dimension(), stream), offset, BATCH, new FreshSamples(law, stream.part("samples")));
        return new SampledTraining(
                run::steps,
                () -> normalised(law, QuadraticFormRisk.ofTangent(run.weights(), run.coefficients()), run.offset()));
    }

    /** Trains all of them, and looks at the risk on the way. */
    static void train(List<SampledTraining> trainings, List<Schedule> schedules, int threads) {
        ParallelBlocks.run(trainings.size(), threads, i -> trainings.get(i).train(schedules.get(i)));
    }

    private void train(Schedule schedule) {
        int[] looks = looks(schedule.steps);
        samples = Arrays.stream(looks).mapToDouble(k -> (double) BATCH * k).toArray();
        risks = new double[looks.length];
        int done = 0;
        for (int i = 0; i < looks.length; i++) {
            for (; done < looks[i]; done++) {
                int stage = 0;
                while (stage + 1 < schedule.eps.length && done >= schedule.from[stage + 1] * schedule.steps) {
                    stage++;
                }
                steps.take(1, schedule.eps[stage]);
            }
            risks[i] = risk.getAsDouble();
        }
    }

    /** Four per decade, from a thousandth of the steps to all. */
    private static int[] looks(int steps) {
        int[] looks = new int[13];
        Arrays.setAll(looks, i -> (int) Math.round(steps * Math.pow(10, (i - 12) / 4.0)));
        return looks;
    }

    /** The last risk. */
    double last() {
        return risks[risks.length - 1];
    }

    /** The risks after a hundredth, a tenth and all of the samples. */
    double[] decades() {
        return new double[] {risks[4], risks[8], risks[12]};
    }

    /** The risks against the number of samples. */
    Figure.Series points(String label) {
        return Figure.Series.points(label, samples, risks);
    }

    /** A risk as a horizontal line. */
    Figure.Series line(String label, double value) {
        double[] ends = {samples[0], samples[samples.length - 1]};
        return Figure.Series.line(label, ends, new double[] {value, value});
    }
}
