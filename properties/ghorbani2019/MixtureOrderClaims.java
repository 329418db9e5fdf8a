package ghorbani2019;

import ghorbani2019.SmallMixture.Levels;
import ghorbani2019.SmallMixture.Neurons;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import org.ejml.data.DMatrixRMaj;
import org.lemmalab.activation.Quadratic;
import org.lemmalab.claim.Claim;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.data.GaussianMixture;
import org.lemmalab.random.RandomStream;
import org.lemmalab.risk.NetworkRisk;
import org.lemmalab.risk.RandomFeatureRisk;
import org.lemmalab.risk.TangentLimit;
import org.lemmalab.risk.TangentRisk;
import org.lemmalab.risk.WeightLaw;
import org.lemmalab.stats.Comparison;
import org.lemmalab.stats.Decision;

/**
 * On mixtures trained networks are at least as good as random features, and as tangent classes where Delta is semidefinite.
 *
 * <h2>Source</h2>
 *
 * G19, section 1.1 on mixtures ('strictly smaller'), with Theorems 5 and 6.
 *
 * <h2>Statement</h2>
 *
 * <pre>{@code
 * every Delta:                    R_NN <= R_RF
 * Delta >= 0 or Delta <= 0:       R_NN <= R_NT,  and so are their limits 2 / (2 + ...)
 * Delta a multiple of Sigma:      R_NN  = R_NT for weights of full rank;     N >= d: too, for every Delta
 * Delta indefinite:               R_NT < R_NN is possible at every d
 * }</pre>
 *
 * <p>For the limits: with {@code D >= 0}, the i-th eigenvalue of {@code P D P} is at least the {@code (N + i)}-th of D (Cauchy's
 * interlacing), hence {@code |D|_F^2 - |P D P|_F^2 <= sum_(i <= N) l_i^2}. An indefinite D has no such bound, as {@code P D P} may vanish: the
 * forms of a tangent class have rank 2N, those of a network rank N.
 *
 * <h2>Instances</h2>
 *
 * Dense mixtures in up to 6 dimensions, weights of every rank, along the principal directions and collinear ({@link SmallMixture}).
 * Counterexamples to the printed form: {@code Delta = 1.5 diag(1, -1, 1, -1, ...) / sqrt d} with {@code w_i = e_(2i-1) + e_(2i)}, for which
 * {@code P Delta P = 0} with {@code N = d/2} neurons; and the same Delta with Gaussian weights, d = 50.
 *
 * <h2>How it is checked</h2>
 *
 * The exact risks are compared; rounding as for {@link MixtureTangentClaims}, 1e-10. Random features {@code (w_i . x)^2 - 1} that depend on
 * those before them are left out where less than 1e-10 of their square is new, which can only raise their risk.
 *
 * <h2>Falsifiers</h2>
 *
 * The order without its hypothesis, on the counterexamples; a neuron less in the network; equality for Delta that is not constant.
 */
class MixtureOrderClaims {
    private static final double ROUNDING = 1e-10;
    private static final String ROUNDINGS = "1000 terms of at most 4, condition 7, 1/(1 - e) <= 6, u = 1.1e-16";

    /** A mixture with weights for it. */
    private record Case(GaussianMixture mixture, DMatrixRMaj weights) {
        static Case of(SmallMixture instance) {
            return new Case(instance.mixture(), instance.weights());
        }

        /** {@code Delta = 1.5 diag(1, -1, ...) / sqrt d}, each neuron between a positive and a negative direction. */
        static Case pairs(int d) {
            DMatrixRMaj weights = new DMatrixRMaj(d / 2, d);
            for (int i = 0; i < d / 2; i++) {
                weights.set(i, 2 * i, 1);
                weights.set(i, 2 * i + 1, 1);
            }
            return new Case(MixtureFamily.INDEFINITE.of(d), weights);
        }

        static Case gaussian(int d, RandomStream stream) {
            return new Case(
                    MixtureFamily.INDEFINITE.of(d), WeightLaw.isotropic(d).draw(d / 2, stream));
        }

        int neurons() {
            return weights.numRows;
        }

        double network() {
            return NetworkRisk.of(mixture, neurons());
        }

        double tangent() {
            return TangentRisk.of(mixture, weights);
        }

        /** The printed claim for NN and NT. */
        Decision networkAtMostTangent() {
            return Comparison.atMost(network(), tangent(), ROUNDING, ROUNDINGS);
        }
    }

    @Provide
    Arbitrary<SmallMixture> mixtures() {
        return SmallMixture.any(6, Levels.values());
    }

    @Provide
    Arbitrary<SmallMixture> semidefinite() {
        return SmallMixture.any(6, Levels.POSITIVE, Levels.NEGATIVE, Levels.CONSTANT, Levels.RANK_ONE);
    }

    @Claim(
            id = "G19.mg-strict",
            statement = "R_{\\mathrm{NN},N} < \\min(R_{\\mathrm{RF},N}, R_{\\mathrm{NT},N})",
            correction =
                    "R_{\\mathrm{NN},N} \\le R_{\\mathrm{RF},N}; \\quad R_{\\mathrm{NN},N} \\le R_{\\mathrm{NT},N} + o(1)"
                            + " \\text{ if } \\Delta \\succeq 0 \\text{ or } \\Delta \\preceq 0, \\text{ with equality for }"
                            + " \\Delta \\propto \\Sigma \\text{ and for } N \\ge d",
            hypotheses =
                    "$\\sigma(z) = z^2$ (for RF $z^2 - 1$), mixtures of two centred Gaussians; equality for weights of rank"
                            + " $\\min(N, d)$",
            derivation =
                    "For $\\Delta = 1.5 \\operatorname{diag}(1, -1, \\ldots)/\\sqrt d$ and $\\Sigma = I$, $\\operatorname{Tr} \\Delta = 0$ and"
                            + " Theorem 5 has $\\kappa = \\rho(2 - \\rho)$ where Theorem 6 has $\\rho$: for $\\rho < 1$ NT is below NN, as a"
                            + " tangent class has quadratic forms of rank $2N$. For $\\rho \\ge 1$ the two theorems give the same risk.")
    void trainedNetworksAreBestForSemidefiniteDelta(
            @ForAll("mixtures") SmallMixture drawn, @ForAll("semidefinite") SmallMixture ordered, ClaimRun run) {
        drawn.cover(run);
        ordered.cover(run);
        SmallMixture principal = new SmallMixture(4, 3, Levels.INDEFINITE, 0.9, Neurons.PRINCIPAL, 1);
        ToDoubleFunction<Case> network = Case::network;
        run.check("NN and RF", network, (form, lab) -> {
                    List<Case> cases = List.of(Case.of(drawn), Case.of(principal));
                    return Comparison.atMost(
                            values(cases, form),
                            values(
                                    cases,
                                    c -> RandomFeatureRisk.of(c.mixture, Quadratic.SQUARE.centred(), c.weights)
                                            .risk()),
                            1e-5,
                            "N u / 1e-10, N <= 12: features of which less than 1e-10 is new are left out");
                })
                .falsifiedBy("a neuron less in NN", c -> NetworkRisk.of(c.mixture, c.neurons() - 1));

        Function<RandomStream, Case> semidefinite = stream -> Case.of(ordered);
        run.check(
                        "NN and NT",
                        semidefinite,
                        (form, lab) -> form.apply(lab.stream()).networkAtMostTangent())
                .printedAs("Delta indefinite, neurons between the signs", stream -> Case.pairs(10))
                .printedAs("Delta indefinite, d = 50, Gaussian weights", stream -> Case.gaussian(50, stream));
        run.check("limits of NN and NT", semidefinite, (form, lab) -> {
                    Case c = form.apply(lab.stream());
                    return Comparison.atMost(
                            NetworkRisk.limit(c.mixture, c.neurons()),
                            TangentLimit.mixture(c.mixture, c.weights),
                            ROUNDING,
                            ROUNDINGS);
                })
                .falsifiedBy("Delta indefinite, neurons between the signs", stream -> Case.pairs(20))
                .falsifiedBy("Delta indefinite, d = 50, Gaussian weights", stream -> Case.gaussian(50, stream));

        Function<SmallMixture, SmallMixture> constant = m -> gaussian(m, m.n(), Levels.CONSTANT);
        run.check("equal for a multiple of Sigma", constant, (form, lab) -> isEqual(drawn, form))
                .falsifiedBy("Delta >= 0, not constant", m -> gaussian(m, m.n(), Levels.POSITIVE));
        Function<SmallMixture, SmallMixture> wide = m -> gaussian(m, m.d() + m.n() - 1, m.levels());
        run.check("equal for N >= d", wide, (form, lab) -> isEqual(drawn, form))
                .falsifiedBy("N = d - 1", m -> gaussian(m, Math.max(1, m.d() - 1), m.levels()));
    }

    private static SmallMixture gaussian(SmallMixture m, int n, Levels levels) {
        return new SmallMixture(m.d(), n, levels, m.size(), Neurons.GAUSSIAN, m.seed());
    }

    private static Decision isEqual(SmallMixture drawn, Function<SmallMixture, SmallMixture> change) {
        SmallMixture named = new SmallMixture(4, 2, Levels.POSITIVE, 0.9, Neurons.GAUSSIAN, 3);
        List<Case> cases = List.of(Case.of(change.apply(named)), Case.of(change.apply(drawn)));
        return Comparison.equal(values(cases, Case::tangent), values(cases, Case::network), ROUNDING, ROUNDINGS);
    }

    private static double[] values(List<Case> cases, ToDoubleFunction<Case> value) {
        return cases.stream().mapToDouble(value).toArray();
    }
}
