package bubeck2020;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import org.lemmalab.claim.Claim;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.random.RandomStream;
import org.lemmalab.stats.Comparison;

/**
 * The step size with which the harmonic iteration contracts.
 *
 * <h2>Source</h2>
 *
 * B20, proof of Theorem 5.
 *
 * <h2>Statement</h2>
 *
 * If {@code r . f >= alpha |r|^2} and {@code |f|^2 <= beta |r|^2} with {@code alpha = c log(n)^(-m^2/2) (n gamma^2)^(-1/2)}, {@code beta = log(n)^m / (c eps)}, then
 * with {@code eta = alpha / beta = c^2 eps log(n)^(-m^2/2 - m) (n gamma^2)^(-1/2)}
 *
 * <pre>{@code
 * |r - eta f|^2 <= (1 - c^3 eps / (log(n)^(m^2 + m) n gamma^2)) |r|^2
 * }</pre>
 *
 * Printed: eta without {@code (n gamma^2)^(-1/2)}.
 *
 * <h2>Instances</h2>
 *
 * Drawn constants, {@code n gamma^2} from 1 to 64, and always 64 with {@code m = 2}; the learner with equality in both hypotheses,
 * {@code f = alpha r + sqrt(beta - alpha^2) |r| e} with a unit vector e orthogonal to r.
 *
 * <h2>How it is checked</h2>
 *
 * With r on the first coordinates and e on the others, all inner products are exact to 8 roundings. The gain
 * {@code (2 eta r . f - eta^2 |f|^2) / |r|^2}, divided by {@code alpha^2/beta}, is then 1; in general {@code 2 k - k^2} for {@code eta = k alpha/beta}.
 *
 * <h2>Falsifiers</h2>
 *
 * The printed step, at {@code n gamma^2 = 64} eight times {@code alpha/beta}, with the gain -48; steps of half and twice {@code alpha/beta};
 * {@code log(n)^(-m^2/2)}.
 */
class HarmonicStepClaims {
    /** The constant, the accuracy, the degree, n and {@code n gamma^2}. */
    record Constants(double c, double eps, int m, int n, double scale) {
        double alpha() {
            return c * Math.pow(Math.log(n), -m * m / 2.0) / Math.sqrt(scale);
        }

        double beta() {
            return Math.pow(Math.log(n), m) / (c * eps);
        }
    }

    @Provide
    Arbitrary<Constants> constants() {
        return Combinators.combine(
                        Arbitraries.of(0.01, 0.3, 1.0),
                        Arbitraries.of(0.001, 0.1, 0.9),
                        Arbitraries.integers().between(1, 6),
                        Arbitraries.of(4, 20, 1000),
                        Arbitraries.of(1.0, 2.0, 4.0, 64.0))
                .as(Constants::new);
    }

    /** {@code factor c^2 eps log(n)^(-m^2/2 - logs m) (n gamma^2)^-power}. */
    private record Step(double factor, double logs, double power) {
        double of(Constants k) {
            return factor
                    * k.c
                    * k.c
                    * k.eps
                    * Math.pow(Math.log(k.n), -k.m * k.m / 2.0 - logs * k.m)
                    * Math.pow(k.scale, -power);
        }
    }

    @Claim(
            id = "B20.thm5-step",
            statement =
                    "\\eta = \\frac{c_m^2\\, \\varepsilon}{\\log(n)^{m^2/2 + m}}: \\quad \\|\\eta\\, \\mathbf f_{A_\\ell} - (\\mathbf r_\\ell)_{A_\\ell}\\|^2 \\le"
                            + " \\Bigl(1 - \\frac{c_m^3}{\\log(n)^{m^2+m}}\\, \\frac{\\varepsilon}{n\\gamma^2}\\Bigr) \\|(\\mathbf r_\\ell)_{A_\\ell}\\|^2",
            correction =
                    "\\eta = \\frac{c_m^2\\, \\varepsilon}{\\log(n)^{m^2/2 + m} \\sqrt{n\\gamma^2}}: \\quad \\|\\eta\\, \\mathbf f_{A_\\ell} - (\\mathbf r_\\ell)_{A_\\ell}\\|^2 \\le"
                            + " \\Bigl(1 - \\frac{c_m^3}{\\log(n)^{m^2+m}}\\, \\frac{\\varepsilon}{n\\gamma^2}\\Bigr) \\|(\\mathbf r_\\ell)_{A_\\ell}\\|^2",
            hypotheses =
                    "$\\mathbf r \\cdot \\mathbf f \\ge \\alpha\\|\\mathbf r\\|^2$, $\\|\\mathbf f\\|^2 \\le \\beta\\|\\mathbf r\\|^2$, $\\alpha = c_m \\log(n)^{-m^2/2}/\\sqrt{n\\gamma^2}$, $\\beta = \\log(n)^m/(c_m \\varepsilon)$",
            derivation =
                    "Lemma 1's step is $\\alpha/\\beta$, which has the factor $1/\\sqrt{n\\gamma^2}$ of $\\alpha$. For $n\\gamma^2 = 64$ the printed one is"
                            + " $8\\alpha/\\beta$; with equality in both hypotheses it multiplies $\\|\\mathbf r\\|^2$ by $1 + 48\\alpha^2/\\beta$.")
    void stepsContractTheResidual(@ForAll("constants") Constants drawn, ClaimRun run) {
        run.covers("n gamma^2 = " + (int) drawn.scale);
        run.note(
                "Theorem 5 is not affected. The induction hypothesis before it is for the squared norm, with the exponent l.");
        Constants[] all = {drawn, new Constants(0.3, 0.1, 2, 20, 64)};
        Step claimed = new Step(1, 1, 0.5);
        Step printed = new Step(1, 1, 0);
        run.check("eta / (alpha / beta)", claimed, (step, lab) -> {
                    double[] ratios = new double[2];
                    for (int i = 0; i < 2; i++) {
                        ratios[i] = step.of(all[i]) / (all[i].alpha() / all[i].beta());
                    }
                    return Comparison.equal(
                            ratios, new double[] {1, 1}, 200 * 0x1p-53, "powers with exponents below 42");
                })
                .printedAs("without 1/sqrt(n gamma^2)", printed)
                .falsifiedBy("log(n)^(-m^2/2)", new Step(1, 0, 0.5))
                .falsifiedBy("(n gamma^2)^(-1/4)", new Step(1, 1, 0.25));
        run.check("gain of the learner with equalities, over alpha^2 / beta", claimed, (step, lab) -> {
                    double[] gains = new double[2];
                    for (int i = 0; i < 2; i++) {
                        gains[i] = gain(all[i], step.of(all[i]), lab.stream().trial(i));
                    }
                    return Comparison.atLeast(gains, 1, 1000 * 0x1p-53, "400 * 2^-53 of eta, 100 roundings");
                })
                .printedAs("without 1/sqrt(n gamma^2)", printed)
                .falsifiedBy("twice alpha/beta", new Step(2, 1, 0.5))
                .falsifiedBy("half of alpha/beta", new Step(0.5, 1, 0.5))
                .falsifiedBy("0.9 alpha/beta", new Step(0.9, 1, 0.5));
    }

    private static double gain(Constants k, double eta, RandomStream stream) {
        double[] r = new double[20];
        double[] e = new double[20];
        for (int i = 0; i < 10; i++) {
            r[i] = stream.gaussian();
            e[10 + i] = stream.gaussian();
        }
        double side = Math.sqrt(k.beta() - k.alpha() * k.alpha()) * LinearAlgebra.norm(r) / LinearAlgebra.norm(e);
        double[] f = new double[20];
        for (int i = 0; i < 20; i++) {
            f[i] = k.alpha() * r[i] + side * e[i];
        }
        double gain = 2 * eta * LinearAlgebra.dot(r, f) - eta * eta * LinearAlgebra.dot(f, f);
        return gain / LinearAlgebra.dot(r, r) / (k.alpha() * k.alpha() / k.beta());
    }
}
