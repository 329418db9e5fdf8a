package bubeck2020;

import java.util.Arrays;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.NormOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.SingularValueDecomposition_F64;
import org.lemmalab.activation.Activation;
import org.lemmalab.activation.HyperbolicTangent;
import org.lemmalab.activation.Relu;
import org.lemmalab.claim.Claim;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.network.TwoLayerNetwork;
import org.lemmalab.random.PointLaw;
import org.lemmalab.random.RandomStream;
import org.lemmalab.stats.Comparison;
import org.lemmalab.stats.Decision;

/**
 * A ReLU network of k neurons moves its values at n points in at most k (d + 1) directions, so that generic labels need {@code k >= n / (d + 1)}.
 *
 * <h2>Source</h2>
 *
 * B20, section 1: "size k ~ n/d is clearly optimal".
 *
 * <h2>Statement</h2>
 *
 * The Jacobian J of {@code (a, w, b) -> (f(x_1), ..., f(x_n))} has {@code k (d + 2)} columns and rank at most {@code k (d + 1)}: for each neuron
 * {@code a df/da = <w, df/dw> + b df/db}. (By Sard's theorem the values that k neurons attain then have measure zero when {@code k (d + 1) < n}.)
 *
 * <h2>Instances</h2>
 *
 * {@code d <= 4}, {@code k <= 4}, {@code n = k (d + 2) + 3} points of the sphere, Gaussian parameters, dead neurons among them. Fixed: 40 Gaussian points in three
 * dimensions and four neurons through the points' centre, where the rank is {@code 16 = k (d + 1)}; six points of a line and one neuron.
 *
 * <h2>How it is checked</h2>
 *
 * Rank at most r means that the singular value number r + 1 is 0. Its numerical value is below {@code (n + k (d + 2)) 2^-50} of {@code |J|_F}: the
 * decomposition is exact for a matrix that near, and the entries of J have d + 2 roundings. The relation between the columns is checked to the
 * same accuracy.
 *
 * <h2>Falsifiers</h2>
 *
 * Rank at most {@code k d}, and {@code k (d + 1) - 1}, at the fixed points; the hyperbolic tangent, which is not homogeneous.
 */
class NetworkJacobianClaims {
    /** Points and parameters. */
    record Instance(int d, int neurons, boolean dead, long seed) {
        DMatrixRMaj points() {
            return PointLaw.SPHERE.rows(neurons * (d + 2) + 3, d, stream().part("points"));
        }

        Parameters parameters() {
            double[] biases = stream().part("biases").gaussians(neurons);
            DMatrixRMaj weights = PointLaw.GAUSSIAN.rows(neurons, d, stream().part("weights"));
            if (dead) {
                biases[0] = -10 - 10 * NormOps_DDRM.normF(weights);
            }
            return new Parameters(weights, biases, stream().part("outputs").gaussians(neurons));
        }

        private RandomStream stream() {
            return RandomStream.of(seed, "NetworkJacobianClaims");
        }
    }

    /** The layers w, b, a. */
    private record Parameters(DMatrixRMaj weights, double[] biases, double[] outputs) {

        /** The columns {@code df/da}, then {@code df/d(w, b)} neuron by neuron. */
        DMatrixRMaj jacobian(DMatrixRMaj points, Activation s) {
            TwoLayerNetwork network = new TwoLayerNetwork(lifted(weights, biases), outputs, s);
            double[] ones = new double[points.numRows];
            Arrays.fill(ones, 1);
            DMatrixRMaj x = lifted(points, ones);
            return CommonOps_DDRM.concatColumnsMulti(network.outputFeatures(x), network.weightFeatures(x));
        }

        /** For each neuron the combination {@code a df/da - <w, df/dw> - b df/db} of columns, in one row. */
        DMatrixRMaj relations() {
            int d = weights.numCols;
            DMatrixRMaj rows = new DMatrixRMaj(biases.length, biases.length * (d + 2));
            for (int l = 0; l < biases.length; l++) {
                rows.set(l, l, outputs[l]);
                for (int k = 0; k < d; k++) {
                    rows.set(l, biases.length + l * (d + 1) + k, -weights.get(l, k));
                }
                rows.set(l, biases.length + l * (d + 1) + d, -biases[l]);
            }
            return rows;
        }

        private static DMatrixRMaj lifted(DMatrixRMaj rows, double[] last) {
            return CommonOps_DDRM.concatColumnsMulti(rows, DMatrixRMaj.wrap(last.length, 1, last));
        }
    }

    @Provide
    Arbitrary<Instance> instances() {
        return Combinators.combine(
                        Arbitraries.integers().between(1, 4),
                        Arbitraries.integers().between(1, 4),
                        Arbitraries.of(false, false, true),
                        Arbitraries.longs().between(0, 1_000_000))
                .as(Instance::new);
    }

    @Claim(
            id = "B20.params",
            statement =
                    "\\mathrm{rank}\\, \\frac{\\partial (f(x_1), \\dots, f(x_n))}{\\partial (a, w, b)} \\le k (d + 1)",
            hypotheses =
                    "ReLU; so the values of $k < n/(d+1)$ neurons have measure zero in $\\mathbb R^n$, and generic labels need $k \\ge n/(d+1)$")
    void valuesMoveInAsManyDirectionsAsParametersLessScalings(@ForAll("instances") Instance instance, ClaimRun run) {
        run.covers(instance.dead ? "dead neuron" : "generic");
        if (instance.d == 1) {
            run.covers("d = 1");
        }
        if (instance.dead && instance.neurons == 1) {
            run.covers("Jacobian 0");
        }
        run.check("columns of a neuron", (Activation) Relu.INSTANCE, (s, lab) -> {
                    Parameters parameters = instance.parameters();
                    DMatrixRMaj jacobian = parameters.jacobian(instance.points(), s);
                    DMatrixRMaj relations = parameters.relations();
                    DMatrixRMaj images = new DMatrixRMaj(jacobian.numRows, relations.numRows);
                    CommonOps_DDRM.multTransB(jacobian, relations, images);
                    double scale = NormOps_DDRM.normF(jacobian) * NormOps_DDRM.normF(relations);
                    return Comparison.atMost(
                            NormOps_DDRM.normF(images) / Math.max(scale, Double.MIN_NORMAL),
                            0,
                            tolerance(jacobian),
                            "(n + k (d + 2)) 2^-50");
                })
                .falsifiedBy("hyperbolic tangent", HyperbolicTangent.INSTANCE);
        run.check("rank at most k (d + 1)", (Activation) Relu.INSTANCE, (s, lab) -> {
                    DMatrixRMaj jacobian = instance.parameters().jacobian(instance.points(), s);
                    return rankAtMost(instance.neurons * (instance.d + 1), jacobian);
                })
                .falsifiedBy("hyperbolic tangent", HyperbolicTangent.INSTANCE);

        run.check("40 points, d = 3, k = 4", 16, (rank, lab) -> rankAtMost(rank, fullRank()))
                .falsifiedBy("k d", 12)
                .falsifiedBy("k (d + 1) - 1", 15);
        DMatrixRMaj line = new DMatrixRMaj(new double[][] {{1}, {2}, {3}, {4}, {5}, {6}});
        Parameters one = new Parameters(new DMatrixRMaj(new double[][] {{1}}), new double[] {0.5}, new double[] {2});
        run.check("a line and one neuron", 2, (rank, lab) -> rankAtMost(rank, one.jacobian(line, Relu.INSTANCE)))
                .falsifiedBy("k d", 1);
    }

    private static DMatrixRMaj fullRank() {
        RandomStream stream = RandomStream.of(40, "NetworkJacobianClaims");
        Parameters parameters = new Parameters(
                new DMatrixRMaj(new double[][] {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}, {-1, -1, -1}}),
                new double[] {0.1, -0.1, 0.2, 0},
                new double[] {1, -1, 2, 0.5});
        return parameters.jacobian(PointLaw.GAUSSIAN.rows(40, 3, stream), Relu.INSTANCE);
    }

    private static Decision rankAtMost(int rank, DMatrixRMaj jacobian) {
        SingularValueDecomposition_F64<DMatrixRMaj> svd =
                DecompositionFactory_DDRM.svd(jacobian.numRows, jacobian.numCols, false, false, true);
        svd.decompose(jacobian.copy());
        double[] ascending = Arrays.copyOf(svd.getSingularValues(), Math.min(jacobian.numRows, jacobian.numCols));
        Arrays.sort(ascending);
        return Comparison.atMost(
                ascending[ascending.length - 1 - rank] / Math.max(NormOps_DDRM.normF(jacobian), Double.MIN_NORMAL),
                0,
                tolerance(jacobian),
                "(n + k (d + 2)) 2^-50 of the Frobenius norm");
    }

    private static double tolerance(DMatrixRMaj jacobian) {
        return (jacobian.numRows + jacobian.numCols) * 0x1p-50;
    }
}
