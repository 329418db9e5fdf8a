package ghorbani2019;

import java.util.Arrays;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
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
import org.lemmalab.kernel.ActivationGramMatrix;
import org.lemmalab.linalg.Cholesky;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.linalg.SymmetricEigen;
import org.lemmalab.random.RandomStream;
import org.lemmalab.risk.FixedPoint;
import org.lemmalab.risk.WeightLaw;
import org.lemmalab.stats.VanishingGap;

/**
 * What psi is: the normalised trace of the resolvent of the Gram matrix of the weights.
 *
 * <h2>Source</h2>
 *
 * G19, the mechanism of Theorems 1 and 4 (the proofs are not in the text at hand; derived).
 *
 * <h2>Statement</h2>
 *
 * For N weights {@code N(0, Gamma)} in the rows of W, {@code N/d -> rho}, {@code R = (l~ I + l_1^2 W W^T)^-1} and psi the solution of (9):
 *
 * <pre>{@code
 * tr R / d -> psi,    1^T R 1 / d -> psi,
 * U = l~ I + l_1^2 W W^T + (l_2^2/2) |Gamma|_F^2 1 1^T + u u^T + o(1)  in operator norm,
 * U_ij = E s(w_i . x) s(w_j . x),   u_i = E s(w_i . x)
 * }</pre>
 *
 * <h2>Instances</h2>
 *
 * Three activations with a linear part and all laws of the weights, degenerate ones among them; {@code rho = 1/2} and 2. The Gram matrix of
 * centred ReLU features at {@code rho = 1}.
 *
 * <h2>How it is checked</h2>
 *
 * The traces are computed exactly from the spectrum of {@code W W^T}; their mean, times {@code l~ / rho} so that it is in (0, 1], must approach
 * {@code psi l~ / rho} like 1/d ({@link RiskLadder}). The form in the vector 1 has the same mean exactly, as {@code -w_i} has the law of
 * {@code w_i}: what is tested is the mean square of its gap, which vanishes like 1/d. So does the square of the error of U in units of l~, whose
 * entries are of order 1/d with nearly independent signs; its largest diagonal entry adds a factor log d, which leaves 0.09 of the extrapolation
 * from d = 20 and 80. Claimed is at most 0.2, against 0.6; without either term of rank one it is near 0.8.
 *
 * <h2>Falsifiers</h2>
 *
 * psi without the linear part and psi of {@code E s^2}; U without {@code u u^T} and without the term in {@code 1 1^T}.
 */
class ResolventClaims {
    private static final double[] RATIOS = {0.5, 2};

    /** Which psi: of which l_1, and of {@code l~} plus so many {@code l_1^2}. */
    private enum Form {
        CLAIMED,
        WITHOUT_LINEAR_PART,
        SECOND_MOMENT;

        /** {@code psi l~ / rho}. */
        double scaledPsi(ClosedFormActivation s, WeightLaw law, double rho) {
            double hermite1 = this == WITHOUT_LINEAR_PART ? 0 : s.hermite1();
            double rest = s.nonlinearity() + (this == SECOND_MOMENT ? s.hermite1() * s.hermite1() : 0);
            return new FixedPoint(hermite1, rest, law.spectrum()).psi(rho) * s.nonlinearity() / rho;
        }
    }

    @Provide
    Arbitrary<ClosedFormActivation> activations() {
        return Arbitraries.of(
                Relu.INSTANCE.centred(), new Exponential(0.8).centred(), new Quadratic(0.7, 0.5).centred());
    }

    @Provide
    Arbitrary<WeightFamily> weights() {
        return Arbitraries.of(WeightFamily.values());
    }

    @Claim(
            id = "G19.resolvent",
            statement =
                    "\\frac1d \\operatorname{tr}(\\tilde\\lambda I + \\lambda_1^2 W W^\\top)^{-1} \\to \\psi, \\quad"
                            + "\\frac1d 1^\\top (\\tilde\\lambda I + \\lambda_1^2 W W^\\top)^{-1} 1 \\to \\psi, \\quad"
                            + "U = \\tilde\\lambda I + \\lambda_1^2 W W^\\top + \\tfrac{\\lambda_2^2}{2} \\|\\Gamma\\|_F^2\\, 1 1^\\top + u u^\\top + o(1)",
            hypotheses =
                    "$N$ weights $N(0, \\Gamma)$ in the rows of $W$, $\\operatorname{tr}\\Gamma = 1$, $N/d \\to \\rho$, $\\lambda_0 = 0$; "
                            + "here the mean and mean-square gaps vanish like $1/d$",
            instances = 3)
    void psiIsTheTraceOfTheResolvent(
            @ForAll("activations") ClosedFormActivation s, @ForAll("weights") WeightFamily weights, ClaimRun run) {
        run.covers(s.name()).covers("weights " + weights);
        RiskLadder ladder = new RiskLadder(run, "resolvent", d -> draw(s, weights.of(d)));
        for (int k = 0; k < RATIOS.length; k++) {
            int ratio = k;
            run.check(
                            "trace, rho = " + RATIOS[k],
                            Form.CLAIMED,
                            (form, lab) ->
                                    ladder.tendsTo(ratio, d -> form.scaledPsi(s, weights.of(d), RATIOS[ratio]), lab))
                    .falsifiedBy("psi without l_1", Form.WITHOUT_LINEAR_PART)
                    .falsifiedBy("E s^2 for l~", Form.SECOND_MOMENT);
        }
        run.check(
                        "form in the vector 1, rho = 0.5, in mean square",
                        Form.CLAIMED,
                        (form, lab) -> ladder.tendsTo(RATIOS.length + form.ordinal(), d -> 0, lab))
                .falsifiedBy("psi without l_1", Form.WITHOUT_LINEAR_PART);
        run.check("Gram matrix", new RankOne(true, true), (form, lab) -> {
                    int first = 20;
                    return new VanishingGap(1, 0.2, 0.4, 1.5, first, 2 * first, 4 * first)
                            .decide(
                                    index -> {
                                        double[] squares = new double[3];
                                        Arrays.setAll(
                                                squares,
                                                j -> form.squaredError(
                                                        WeightLaw.isotropic(first << j),
                                                        lab.stream()
                                                                .trial(index)
                                                                .part("rung " + j)));
                                        return squares;
                                    },
                                    lab.terms());
                })
                .falsifiedBy("without u u^T", new RankOne(true, false))
                .falsifiedBy("without the term in 1 1^T", new RankOne(false, true));
    }

    /** The scaled traces at all ratios, and for the first ratio the squared gaps of the form in the vector 1 from every {@link Form}. */
    private static RiskLadder.Draw draw(ClosedFormActivation s, WeightLaw law) {
        int d = law.dimension();
        double rest = s.nonlinearity();
        double square = s.hermite1() * s.hermite1();
        int few = (int) (RATIOS[0] * d);
        int many = (int) (RATIOS[1] * d);
        double[] psi = Arrays.stream(Form.values())
                .mapToDouble(form -> form.scaledPsi(s, law, RATIOS[0]))
                .toArray();
        return stream -> {
            DMatrixRMaj weights = law.draw(many, stream);
            Cholesky small = shifted(rest, square, LinearAlgebra.gram(CommonOps_DDRM.extract(weights, 0, few, 0, d)));
            // W W^T and W^T W have the same spectrum, but for N - d zeros
            Cholesky large = shifted(rest, square, LinearAlgebra.productTransA(weights, weights));
            double[] values = new double[RATIOS.length + psi.length];
            values[0] = rest / few * CommonOps_DDRM.trace(small.inverse());
            values[1] = rest / many * (CommonOps_DDRM.trace(large.inverse()) + (many - d) / rest);
            double[] ones = new double[few];
            Arrays.fill(ones, 1);
            double form = rest / few * small.quadraticForm(ones);
            for (int k = 0; k < psi.length; k++) {
                values[RATIOS.length + k] = (form - psi[k]) * (form - psi[k]);
            }
            return values;
        };
    }

    private static Cholesky shifted(double shift, double factor, DMatrixRMaj s) {
        CommonOps_DDRM.scale(factor, s);
        for (int i = 0; i < s.numRows; i++) {
            s.add(i, i, shift);
        }
        return LinearAlgebra.cholesky(s);
    }

    /** Which terms of rank one U has, beside the linear part. */
    private record RankOne(boolean ofOnes, boolean ofMeans) {
        /** {@code (|U - approximation|_op / l~)^2} for d centred ReLU features. */
        double squaredError(WeightLaw law, RandomStream stream) {
            ClosedFormActivation relu = Relu.INSTANCE.centred();
            int d = law.dimension();
            DMatrixRMaj covariance = LinearAlgebra.gram(law.draw(d, stream));
            DMatrixRMaj gap = ActivationGramMatrix.of(relu, covariance);
            CommonOps_DDRM.addEquals(gap, -relu.hermite1() * relu.hermite1(), covariance);
            double constant = ofOnes ? relu.hermite2() * relu.hermite2() / 2 * law.size() / d : 0;
            double[] means = new double[d];
            Arrays.setAll(means, i -> ofMeans ? relu.mean(covariance.get(i, i)) : 0);
            for (int i = 0; i < d; i++) {
                for (int j = 0; j < d; j++) {
                    gap.data[i * d + j] -= constant + means[i] * means[j] + (i == j ? relu.nonlinearity() : 0);
                }
            }
            SymmetricEigen eigen = LinearAlgebra.eigen(gap);
            double norm = Math.max(eigen.largest(), -eigen.smallest()) / relu.nonlinearity();
            return norm * norm;
        }
    }
}
