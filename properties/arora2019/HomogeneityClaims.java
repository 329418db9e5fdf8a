package arora2019;

import java.util.Arrays;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import org.ejml.data.DMatrixRMaj;
import org.lemmalab.claim.Claim;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.network.NormalizedNetwork;
import org.lemmalab.random.RandomStream;
import org.lemmalab.stats.Comparison;

/**
 * A ReLU network's predictions are its features times its weights, because {@code relu(z) = z 1{z >= 0}}.
 *
 * <h2>Source</h2>
 *
 * A19, implicit in section 5.2, {@code v = Z(0)^T vec W~}, and in the proof of Lemma 5.4, {@code vec(W)^T Z(0) eps}.
 *
 * <h2>Statement</h2>
 *
 * <pre>{@code
 * u(W) = Z(W)^T vec W
 * sum_i eps_i sum_r m^(-1/2) a_r I_ri(0) w_r.x_i = (vec W)^T Z(0) eps      for every W and eps
 * }</pre>
 *
 * <h2>Instances</h2>
 *
 * {@link SmallNetwork}: at {@code w_r.x_i = 0}, which the integer weights have, either value of the indicator will do. W is W(0) itself, and W(0) plus
 * weights of the same law, which flip many indicators.
 *
 * <h2>How it is checked</h2>
 *
 * Against sums written out, up to the rounding that {@link NetworkFormulas} derives, for the larger of both weights.
 *
 * <h2>Falsifiers</h2>
 *
 * Z(0) for Z(W) and the indicators of W for those of W(0), where W is not W(0); {@code 2 u}, as if homogeneous of degree 2.
 */
class HomogeneityClaims {
    @Provide
    Arbitrary<SmallNetwork> networks() {
        return SmallNetwork.any();
    }

    /** Whether the features are those of W, and the degree of homogeneity. */
    private record Form(boolean current, int degree) {}

    @Claim(
            id = "A19.Zt-vecW",
            statement = "u(W) = Z(W)^\\top \\mathrm{vec}(W), \\quad"
                    + " \\sum_i \\varepsilon_i \\sum_r \\tfrac{1}{\\sqrt m} a_r \\mathbb{I}_{r,i}(0)\\, w_r^\\top x_i"
                    + " = \\mathrm{vec}(W)^\\top Z(0)\\, \\varepsilon",
            hypotheses = "every $W$, $W(0)$ and $\\varepsilon$",
            instances = 400)
    void predictionsAreFeaturesTimesWeights(@ForAll("networks") SmallNetwork instance, ClaimRun run) {
        instance.cover(run);
        NetworkFormulas initial = new NetworkFormulas(instance);
        NetworkFormulas moved = moved(initial, instance.set().stream().part("movement"));
        double[] weights = moved.network.weights().data;
        double tolerance = Math.max(initial.rounding(), moved.rounding());
        run.check("predictions", new Form(true, 1), (form, lab) -> {
                    int n = initial.n;
                    double[] u = new double[3 * n];
                    double[] products = new double[3 * n];
                    double[] predicted = moved.network.predict(moved.points);
                    double[] atStart = LinearAlgebra.productTransA(initial.features(), initial.network.weights().data);
                    double[] now = LinearAlgebra.productTransA((form.current ? moved : initial).features(), weights);
                    for (int i = 0; i < n; i++) {
                        u[i] = form.degree * initial.prediction(i);
                        products[i] = atStart[i];
                        u[n + i] = form.degree * moved.prediction(i);
                        products[n + i] = now[i];
                        u[2 * n + i] = form.degree * predicted[i];
                        products[2 * n + i] = now[i];
                    }
                    return Comparison.equal(products, u, tolerance, NetworkFormulas.ROUNDING);
                })
                .falsifiedBy("Z(0) for Z(W)", new Form(false, 1))
                .falsifiedBy("Z^T vec W = 2 u", new Form(true, 2));
        double[] epsilon = instance.set().stream().part("epsilon").signs(initial.n);
        run.check(
                        "sum with signs",
                        initial,
                        (active, lab) -> Comparison.equal(
                                LinearAlgebra.dot(weights, LinearAlgebra.product(initial.features(), epsilon)),
                                sum(epsilon, moved, active),
                                initial.n * tolerance,
                                "n times " + NetworkFormulas.ROUNDING))
                .falsifiedBy("indicators of W for those of W(0)", moved);
    }

    /** {@code W(0) + D}, D with entries of W(0) in random order: of the same law, and integers where W(0) has integers. */
    private static NetworkFormulas moved(NetworkFormulas initial, RandomStream stream) {
        double[] weights = initial.network.weights().data;
        int[] order = stream.permutation(weights.length);
        double[] sum = new double[weights.length];
        Arrays.setAll(sum, k -> weights[k] + stream.sign() * weights[order[k]]);
        NormalizedNetwork network = new NormalizedNetwork(
                DMatrixRMaj.wrap(initial.m, initial.d, sum), initial.network.signs(), initial.network.activation());
        return new NetworkFormulas(network, initial.points, initial.y);
    }

    /** {@code sum_i eps_i sum_r m^(-1/2) a_r I_ri w_r.x_i} with the indicators of some network. */
    private static double sum(double[] epsilon, NetworkFormulas w, NetworkFormulas active) {
        double sum = 0;
        for (int i = 0; i < w.n; i++) {
            for (int r = 0; r < w.m; r++) {
                double indicator = active.preactivation(r, i) >= 0 ? 1 : 0;
                sum += epsilon[i] * w.network.signs()[r] * indicator * w.preactivation(r, i) / Math.sqrt(w.m);
            }
        }
        return sum;
    }
}
