package ghorbani2019;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleBiFunction;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.lemmalab.activation.ClosedFormActivation;
import org.lemmalab.activation.Exponential;
import org.lemmalab.activation.Quadratic;
import org.lemmalab.activation.Relu;
import org.lemmalab.claim.Claim;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.data.QuadraticTarget;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.random.OrthonormalRows;
import org.lemmalab.random.RandomStream;
import org.lemmalab.risk.RandomFeatureLimit;
import org.lemmalab.risk.WeightLaw;
import org.lemmalab.stats.Comparison;

/**
 * The limiting risk of random features is bounded away from zero: at every rho by the angle between Gamma and B, and at finite rho even when
 * they are proportional.
 *
 * <h2>Source</h2>
 *
 * G19, section 2.1 after equation (11), and section 1.1.
 *
 * <h2>Statement</h2>
 *
 * With r(rho) the right-hand side of (10) and {@code cos = <Gamma, B> / (|Gamma|_F |B|_F)},
 *
 * <pre>{@code
 * r(rho) >= 1 - cos^2 = min_c |Gamma - c B|_F^2 / |Gamma|_F^2,   0 only for Gamma = c B
 * Gamma = B / tr B, s(z) = z^2 - 1:  r(rho) = 1 / (1 + rho d |B|_F^2 / (tr B)^2) >= 1 / (1 + rho |d Gamma|_op)
 * }</pre>
 *
 * {@code d |Gamma|_op} is bounded by A2, so that the last line is positive at every rho, and vanishes only as {@code rho -> inf}.
 *
 * <h2>Instances</h2>
 *
 * Gamma between a random law and one proportional to {@code |B|}, B semidefinite of either sign or indefinite, of every rank from 1 to d, in the
 * same basis or not, {@code d = 1, ..., 6}; three activations; rho from 0.01 to 10^6.
 *
 * <h2>How it is checked</h2>
 *
 * Both sides are inner products of {@code d^2} terms, sums and squares of them: {@code 20 d^2 u} for numbers up to 1.
 *
 * <h2>Falsifiers</h2>
 *
 * {@code 1 - 0.9 cos^2} and {@code 1 - cos^4} as bounds; the distance from {@code B / tr B} in place of the line; without d, {@code 2 rho} for rho,
 * and {@code 1/(1 + rho)} as if every law were isotropic.
 */
class AlignmentGapClaims {
    private static final double[] RATIOS = {0.01, 0.5, 2, 100, 1e6};
    private static final List<ClosedFormActivation> ACTIVATIONS =
            List.of(Quadratic.SQUARE.centred(), Relu.INSTANCE.centred(), new Exponential(0.8).centred());

    /** Signs of the eigenvalues of B. */
    enum Sign {
        POSITIVE,
        NEGATIVE,
        INDEFINITE
    }

    /** B and the law of the weights, {@code Gamma ~ (1 - closeness) A + closeness |B|}. */
    record Pair(int d, int rankOfA, int rankOfB, Sign sign, double closeness, boolean sameBasis, long seed) {
        QuadraticTarget target() {
            return QuadraticTarget.centred(spectral(rankOfB, sign, "B"));
        }

        WeightLaw law() {
            DMatrixRMaj gamma = spectral(rankOfA, Sign.POSITIVE, "A");
            DMatrixRMaj size = spectral(rankOfB, Sign.POSITIVE, "B");
            CommonOps_DDRM.scale((1 - closeness) / CommonOps_DDRM.trace(gamma), gamma);
            CommonOps_DDRM.addEquals(gamma, closeness / CommonOps_DDRM.trace(size), size);
            return new WeightLaw(gamma);
        }

        private DMatrixRMaj spectral(int rank, Sign sign, String name) {
            RandomStream stream = RandomStream.of(seed, "AlignmentGapClaims");
            DMatrixRMaj q = OrthonormalRows.draw(d, d, stream.part(sameBasis ? "B" : name));
            RandomStream values = stream.part("eigenvalues of " + name);
            DMatrixRMaj sum = new DMatrixRMaj(d, d);
            for (int r = 0; r < rank; r++) {
                double value = values.uniform(0.2, 2);
                double signed = sign == Sign.NEGATIVE || sign == Sign.INDEFINITE && r % 2 == 1 ? -value : value;
                for (int i = 0; i < d; i++) {
                    for (int j = 0; j < d; j++) {
                        sum.add(i, j, signed * (q.get(r, i) * q.get(r, j)));
                    }
                }
            }
            return sum;
        }

        double tolerance() {
            return 20 * d * d * 0x1p-53;
        }
    }

    @Provide
    Arbitrary<Pair> pairs() {
        return Arbitraries.integers()
                .between(1, 6)
                .flatMap(d -> Combinators.combine(
                                Arbitraries.integers().between(1, d),
                                Arbitraries.integers().between(1, d),
                                Arbitraries.of(Sign.class),
                                Arbitraries.of(0.0, 0.5, 0.99, 1.0),
                                Arbitraries.of(true, false),
                                Arbitraries.longs().between(0, 1_000_000))
                        .as((a, b, sign, closeness, same, seed) -> new Pair(d, a, b, sign, closeness, same, seed)));
    }

    @Claim(
            id = "G19.cs-gap",
            statement =
                    "1 - \\frac{\\psi \\lambda_2^2\\, d \\langle \\Gamma, B \\rangle^2}{\\|B\\|_F^2 (2 + \\psi \\lambda_2^2\\, d \\|\\Gamma\\|_F^2)}"
                            + " \\ge 1 - \\frac{\\langle \\Gamma, B \\rangle^2}{\\|\\Gamma\\|_F^2 \\|B\\|_F^2}"
                            + " = \\min_c \\frac{\\|\\Gamma - cB\\|_F^2}{\\|\\Gamma\\|_F^2}",
            hypotheses =
                    "every $\\rho > 0$; for $\\Gamma = B / \\operatorname{tr} B$ and $\\sigma(z) = z^2 - 1$ the left side is"
                            + " $1/(1 + \\rho\\, d \\|B\\|_F^2 / (\\operatorname{tr} B)^2) \\ge 1/(1 + \\rho \\|d\\, \\Gamma\\|_{\\mathrm{op}})$")
    void theRiskIsBoundedAwayFromZero(@ForAll("pairs") Pair pair, ClaimRun run) {
        run.covers("B " + pair.sign.name().toLowerCase(Locale.ROOT))
                .covers(pair.d == 1 ? "numbers" : pair.rankOfB == 1 ? "B of rank one" : "B of higher rank")
                .covers(pair.closeness == 1 ? "Gamma = |B| / tr |B|" : "Gamma not proportional to |B|")
                .covers(pair.closeness < 1 && pair.rankOfA < pair.d ? "Gamma near a singular law" : "any law");
        QuadraticTarget b = pair.target();
        WeightLaw law = pair.law();
        double cosSquared = law.alignment(b.matrix()) / (law.size() * b.frobeniusSquared());
        DoubleUnaryOperator angle = c -> 1 - c;
        run.check("risk at least 1 - cos^2", angle, (bound, lab) -> {
                    List<Double> risks = new ArrayList<>();
                    for (ClosedFormActivation s : ACTIVATIONS) {
                        Arrays.stream(RATIOS)
                                .map(rho -> RandomFeatureLimit.risk(b, s, law, rho))
                                .forEach(risks::add);
                    }
                    return Comparison.atLeast(
                            risks.stream().mapToDouble(x -> x).toArray(),
                            bound.applyAsDouble(cosSquared),
                            pair.tolerance(),
                            "20 d^2 u");
                })
                .falsifiedBy("1 - 0.9 cos^2", c -> 1 - 0.9 * c)
                .falsifiedBy("1 - cos^4", c -> 1 - c * c);

        ToDoubleBiFunction<WeightLaw, QuadraticTarget> projection =
                (g, t) -> LinearAlgebra.dot(g.gamma().data, t.matrix().data) / t.frobeniusSquared();
        run.check("1 - cos^2 is a distance", projection, (form, lab) -> {
                    DMatrixRMaj rest = law.gamma().copy();
                    CommonOps_DDRM.addEquals(rest, -form.applyAsDouble(law, b), b.matrix());
                    return Comparison.equal(
                            LinearAlgebra.dot(rest.data, rest.data) / (law.size() / pair.d),
                            1 - cosSquared,
                            pair.tolerance(),
                            "20 d^2 u");
                })
                .falsifiedBy("the distance from B / tr B", (g, t) -> 1 / t.trace())
                .falsifiedBy("0.9 of the coefficient", (g, t) -> 0.9 * projection.applyAsDouble(g, t));

        QuadraticTarget size = QuadraticTarget.centred(pair.spectral(pair.rankOfB, Sign.POSITIVE, "B"));
        WeightLaw proportional = new Pair(pair.d, 1, pair.rankOfB, Sign.POSITIVE, 1, true, pair.seed).law();
        double[] risks = Arrays.stream(RATIOS)
                .map(rho -> RandomFeatureLimit.risk(size, ACTIVATIONS.get(0), proportional, rho))
                .toArray();
        DoubleBinaryOperator strength = (rho, share) -> rho / share;
        run.check(
                        "Gamma proportional to B",
                        strength,
                        (form, lab) -> Comparison.equal(
                                risks,
                                Arrays.stream(RATIOS)
                                        .map(rho -> 1 / (1 + form.applyAsDouble(rho, size.traceShare())))
                                        .toArray(),
                                pair.tolerance(),
                                "20 d^2 u"))
                .falsifiedBy("without d", (rho, share) -> rho / (share * pair.d))
                .falsifiedBy("2 rho for rho", (rho, share) -> 2 * rho / share);
        double largest = pair.d * LinearAlgebra.eigen(proportional.gamma()).largest();
        DoubleUnaryOperator operatorNorm = x -> x;
        run.check(
                        "Gamma proportional to B, bounded by A2",
                        operatorNorm,
                        (form, lab) -> Comparison.atLeast(
                                risks,
                                Arrays.stream(RATIOS)
                                        .map(rho -> 1 / (1 + rho * form.applyAsDouble(largest)))
                                        .toArray(),
                                pair.tolerance(),
                                "20 d^2 u"))
                .falsifiedBy("1 for the norm", x -> 1);
    }
}
