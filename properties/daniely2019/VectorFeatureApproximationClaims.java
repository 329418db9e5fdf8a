package daniely2019;

import net.jqwik.api.ForAll;
import org.ejml.data.DMatrixRMaj;
import org.lemmalab.activation.DecentActivation;
import org.lemmalab.claim.Claim;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.data.Boundedness;
import org.lemmalab.feature.RandomEmbedding;
import org.lemmalab.feature.TangentFeatureScheme;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.random.OrthonormalRows;
import org.lemmalab.random.PointLaw;
import org.lemmalab.random.RandomStream;
import org.lemmalab.stats.Assumption.SecondMoment;
import org.lemmalab.stats.Comparison;

/**
 * Vector features approximate d times better on bounded distributions.
 *
 * <h2>Source</h2>
 *
 * D19, Theorem 4 with its proof (appendix A.2), section 3.1, section 1 ('NTK convergence').
 *
 * <h2>Statement</h2>
 *
 * For a factorized, C-bounded scheme, an R-bounded distribution D and f in {@code H_k},
 *
 * <pre>{@code
 * E |f - f_omega|_(2,D) <= sqrt(E |f - f_omega|^2_(2,D)) <= R C |f|_k / sqrt(q d)
 * E L(f_omega) <= L(f) + L R C |f|_k / sqrt(q d)   for a loss that is L-Lipschitz in the prediction
 * q >= R^2 C^2 |f|_k^2 / (d e^2) features give an error of e
 * }</pre>
 *
 * by {@code q E|f - f_omega|^2 = E_x Var <fcheck, psi> <= E E_x <fcheck, psi>^2 <= C^2 E E_x <fcheck, x>^2 <= (C^2 R^2 / d) E |fcheck|^2}.
 *
 * <h2>Instances</h2>
 *
 * ReLU's tangent scheme (C = 1) with exact errors, d from 1 to 20, four distributions from bases (R = 1) to a point mass ({@code R = sqrt d}); the sign scheme, for which all bounds are equalities.
 *
 * <h2>How it is checked</h2>
 *
 * Exact second moments (orthant probabilities, to 2e-7) with R from the points; enumeration of all draws (to 1e-12). At a point mass with {@code f = k(., x0)} the error is exactly half the bound.
 * Losses: every excess is at most the norm of the error, whose mean square is at most that of the bound, so that the largest of four has second moment 1 in units of
 * the bound. The chain's links for a fixed set of 400 weights as finite scheme, by sums, to 1e-10.
 *
 * <h2>Falsifiers</h2>
 *
 * Nine tenths of the bound; no R at a point mass; {@code sqrt(R)}; 1 for C; {@code d^2} for d; no L; a quarter and two thirds of the features; a scheme that is not factorized.
 */
class VectorFeatureApproximationClaims {
    private static final String ENUMERATED = "enumeration of at most 256 draws: 1e-12";
    private static final String ANGLES = "angles to 2e-8 of sums of 9 terms";

    /** The factor of the bound and the powers of R, C and d in it. */
    private record Form(double factor, double boundPower, double sizePower, double dimensionPower) {
        double of(double bound, double size, double normSquared, double q, double d) {
            return factor
                    * Math.pow(bound, boundPower)
                    * Math.pow(size, sizePower)
                    * normSquared
                    / (q * Math.pow(d, dimensionPower));
        }
    }

    private static final Form CLAIMED = new Form(1, 2, 2, 1);

    @Claim(
            id = "D19.thm4-a",
            statement =
                    "\\mathbb E_\\omega \\|f - f_\\omega\\|_{2,\\mathcal D} \\le \\sqrt{\\mathbb E_\\omega \\|f - f_\\omega\\|^2_{2,\\mathcal D}} \\le \\frac{R C \\|f\\|_k}{\\sqrt{q d}}",
            hypotheses =
                    "$(\\psi, \\mu)$ factorized and $C$-bounded, $\\mathcal D$ $R$-bounded on $\\mathbb S^{d-1}$, $f \\in H_k$",
            instances = 60)
    void vectorFeaturesGainTheDimension(
            @ForAll(supplier = ReluExpansion.Any.class) ReluExpansion drawn,
            @ForAll(supplier = SignScheme.Any.class) SignScheme sharp,
            ClaimRun run) {
        drawn.cover(run);
        run.covers(sharp.cube() ? "sign scheme on the cube" : "sign scheme at a point");
        double norm = drawn.normSquared();
        run.check(
                        "ReLU, mean square",
                        CLAIMED,
                        (form, lab) -> Comparison.atMost(
                                drawn.meanSquaredError(),
                                form.of(drawn.bound(), 1, norm, drawn.q(), drawn.d()),
                                2e-7 * (1 + norm),
                                ANGLES))
                .falsifiedBy("1/50", new Form(0.02, 2, 2, 1));
        int d = 5 + drawn.d();
        ReluExpansion centre = new ReluExpansion(drawn.law(), d, 1, drawn.seed());
        run.check(
                        "k(., x0) at x0, mean square",
                        CLAIMED,
                        (form, lab) -> Comparison.atMost(
                                centre.errorAtCentre(), form.of(Math.sqrt(d), 1, 0.5, 1, d), 1e-12, "rounding"))
                .falsifiedBy("without R", new Form(1, 0, 2, 1))
                .falsifiedBy("R for R^2", new Form(1, 1, 2, 1))
                .falsifiedBy("0.45", new Form(0.45, 2, 2, 1));
        SignScheme two = new SignScheme(sharp.cube(), sharp.d(), sharp.q(), 2);
        run.check(
                        "sign scheme, mean square",
                        CLAIMED,
                        (form, lab) -> Comparison.atMost(
                                two.moments().square(),
                                form.of(two.bound(), 2, 4, two.q(), two.d()),
                                1e-12,
                                ENUMERATED))
                .falsifiedBy("0.9", new Form(0.9, 2, 2, 1))
                .falsifiedBy("C for C^2", new Form(1, 2, 1, 1))
                .falsifiedBy("d^1.25 for d", new Form(1, 2, 2, 1.25));
        SignScheme single = new SignScheme(sharp.cube(), sharp.d(), 1, sharp.size());
        run.check(
                        "sign scheme, mean norm",
                        1.0,
                        (factor, lab) -> Comparison.atMost(
                                new double[] {
                                    sharp.moments().root(), single.moments().root()
                                },
                                new double[] {bound(sharp, factor), bound(single, factor)},
                                1e-12,
                                ENUMERATED))
                .falsifiedBy("0.9", 0.9);
    }

    private static double bound(SignScheme scheme, double factor) {
        return factor * scheme.bound() * scheme.size() * scheme.size() / Math.sqrt(scheme.q() * scheme.d());
    }

    @Claim(
            id = "D19.thm4-steps",
            statement =
                    "q\\,\\mathbb E\\|f - f_\\omega\\|^2 = \\mathbb E_x \\operatorname{Var} \\langle \\check f, \\psi\\rangle \\le \\mathbb E_\\omega \\mathbb E_x \\langle \\check f, \\psi\\rangle^2 \\le C^2\\, \\mathbb E_\\omega \\mathbb E_x \\langle \\check f, x\\rangle^2 \\le \\frac{C^2 R^2}{d}\\, \\mathbb E \\|\\check f\\|^2",
            hypotheses = "factorized and $C$-bounded; here a finite scheme of 40 omegas",
            instances = 100)
    void everyLinkOfTheProofHolds(@ForAll(supplier = ReluExpansion.Any.class) ReluExpansion drawn, ClaimRun run) {
        drawn.cover(run);
        RandomStream stream = drawn.stream().part("scheme");
        DMatrixRMaj points = drawn.points();
        int omegas = 40;
        DMatrixRMaj g = new DMatrixRMaj(omegas, drawn.d()); // fcheck: any representative will do
        double[] slopes = new double[omegas * points.numRows];
        for (int k = 0; k < g.getNumElements(); k++) {
            g.data[k] = stream.gaussian();
        }
        for (int k = 0; k < slopes.length; k++) {
            slopes[k] = stream.uniform(-1, 1);
        }
        slopes[0] = 1; // C = 1 is attained
        DMatrixRMaj inner = LinearAlgebra.productTransB(g, points);
        double variance = 0;
        double second = 0;
        double along = 0;
        for (int i = 0; i < points.numRows; i++) {
            double mean = 0;
            double square = 0;
            for (int w = 0; w < omegas; w++) {
                double value = slopes[w * points.numRows + i] * inner.get(w, i);
                mean += value / omegas;
                square += value * value / omegas;
                along += inner.get(w, i) * inner.get(w, i) / omegas / points.numRows;
            }
            variance += (square - mean * mean) / points.numRows;
            second += square / points.numRows;
        }
        double bound = Boundedness.of(points);
        double last = bound * bound / drawn.d() * LinearAlgebra.dot(g.data, g.data) / omegas;
        double v = variance;
        double s = second;
        double a = along;
        // where every link is an equality: constant slopes, f = 0 on the points, the sphere's own directions
        SignScheme sharp = new SignScheme(true, 3, 1, 1);
        double equal = sharp.moments().square();
        run.check(
                        "links",
                        1.0,
                        (factor, lab) -> Comparison.atMost(
                                new double[] {v, s, a, equal},
                                new double[] {factor * s, factor * a, factor * last, factor / 3},
                                1e-10 * (1 + last),
                                "sums of 40 times n terms: 1e-13 of the largest"))
                .falsifiedBy("0.9", 0.9);
        DMatrixRMaj basis = OrthonormalRows.draw(drawn.d(), drawn.d(), stream.part("basis"));
        DMatrixRMaj onBasis = LinearAlgebra.productTransB(g, basis);
        run.check(
                        "last link on a basis: an equality",
                        1.0,
                        (factor, lab) -> Comparison.equal(
                                LinearAlgebra.dot(onBasis.data, onBasis.data) / drawn.d(),
                                factor * LinearAlgebra.dot(g.data, g.data) / drawn.d(),
                                1e-10 * (1 + LinearAlgebra.dot(g.data, g.data)),
                                "a basis is orthonormal to rounding"))
                .falsifiedBy("1.1", 1.1);
    }

    @Claim(
            id = "D19.thm4-sharp",
            statement =
                    "\\mathbb E \\|f - f_\\omega\\|^2_{2,\\mathcal D} = \\frac{R^2 C^2 \\|f\\|_k^2}{q d} = \\frac{R^2 C^4}{q d}",
            hypotheses =
                    "$\\omega = (a, b)$ uniform on $\\{\\pm 1\\}^2$, $\\psi(\\omega, x_0) = C a x_0$, $\\psi(\\omega, x) = C b x$ otherwise, $f = k(\\cdot, x_0)$; $\\mathcal D$ the cube or $-x_0$, $d \\ge 2$")
    void theSignSchemeAttainsTheBound(@ForAll(supplier = SignScheme.Any.class) SignScheme sharp, ClaimRun run) {
        run.covers(sharp.cube() ? "cube" : "point");
        Form form = CLAIMED;
        SignScheme two = new SignScheme(false, sharp.d(), sharp.q(), 2);
        run.check(
                        "drawn",
                        form,
                        (wrong, lab) -> Comparison.equal(
                                sharp.moments().square(),
                                wrong.of(
                                        sharp.bound(), sharp.size(), sharp.size() * sharp.size(), sharp.q(), sharp.d()),
                                1e-12,
                                ENUMERATED))
                .falsifiedBy("0.9", new Form(0.9, 2, 2, 1))
                .falsifiedBy("d^2", new Form(1, 2, 2, 2));
        run.check(
                        "a point, C = 2",
                        form,
                        (wrong, lab) -> Comparison.equal(
                                two.moments().square(),
                                wrong.of(two.bound(), 2, 4, two.q(), two.d()),
                                1e-12,
                                ENUMERATED))
                .falsifiedBy("R for R^2", new Form(1, 1, 2, 1))
                .falsifiedBy("1 for C", new Form(1, 2, 0, 1));
    }

    /** A loss of a prediction and a label. */
    private interface Loss {
        double at(double prediction, double label);
    }

    @Claim(
            id = "D19.thm4-b",
            statement =
                    "\\mathbb E_\\omega\\, L_{\\mathcal D}(f_\\omega) \\le L_{\\mathcal D}(f) + \\frac{L R C \\|f\\|_k}{\\sqrt{q d}}",
            hypotheses = "the loss $L$-Lipschitz in the prediction; convexity is not needed",
            instances = 8)
    void lipschitzLossesGainTheDimension(
            @ForAll(supplier = ReluExpansion.Any.class) ReluExpansion drawn,
            @ForAll(supplier = SignScheme.Any.class) SignScheme sharp,
            ClaimRun run) {
        drawn.cover(run);
        run.note("The loss is printed on the sphere times the labels; predictions are real numbers.");
        SignScheme single = new SignScheme(sharp.cube(), sharp.d(), 1, sharp.size());
        run.check(
                        "2 |prediction|, sign scheme with q = 1",
                        2.0,
                        (lipschitz, lab) -> Comparison.atMost(
                                2 * single.moments().absolute(), lipschitz * bound(single, 1), 1e-12, ENUMERATED))
                .falsifiedBy("without L", 1.0)
                .falsifiedBy("0.9", 1.8);
        run.check(
                        "|prediction - f|, k(., x0) at x0, q = 1",
                        1.0,
                        (factor, lab) -> Comparison.atMost(
                                Math.sqrt(drawn.errorAtCentre()), factor * Math.sqrt(0.5), 1e-12, "rounding"))
                .falsifiedBy("0.65", 0.65);
        ReluExpansion uniform = new ReluExpansion(ReluExpansion.Law.UNIFORM, 5, 8, drawn.seed());
        DMatrixRMaj points = uniform.points();
        double[] f = uniform.function().values(points);
        double[] labels = uniform.stream().part("labels").signs(f.length);
        double bound = uniform.bound() * Math.sqrt(uniform.normSquared() / (uniform.q() * uniform.d()));
        TangentFeatureScheme scheme = new TangentFeatureScheme(DecentActivation.RELU, uniform.d());
        Loss[] losses = {
            (u, y) -> Math.max(0, 1 - u * y),
            (u, y) -> Math.log1p(Math.exp(-u * y)),
            (u, y) -> Math.abs(Math.sin(u - y)) // not convex
        };
        run.check(
                        "largest excess of four losses over the bound, uniform points",
                        1.0,
                        (factor, lab) -> lab.meanAtMost(factor, 0.3, new SecondMoment(1), stream -> {
                            RandomEmbedding embedding = RandomEmbedding.draw(scheme, uniform.q(), stream);
                            double[] v = LinearAlgebra.productTransA(
                                    embedding.features(uniform.centres()), uniform.coefficients());
                            double[] u = LinearAlgebra.product(embedding.features(points), v);
                            double largest = 0; // |u - y| with labels f
                            for (int i = 0; i < u.length; i++) {
                                largest += Math.abs(u[i] - f[i]) / u.length;
                            }
                            for (Loss loss : losses) {
                                double excess = 0;
                                for (int i = 0; i < u.length; i++) {
                                    excess += (loss.at(u[i], labels[i]) - loss.at(f[i], labels[i])) / u.length;
                                }
                                largest = Math.max(largest, excess);
                            }
                            return largest / bound;
                        }))
                .falsifiedBy("1/20", 0.05);
    }

    @Claim(
            id = "D19.sec3.1-count",
            statement =
                    "q \\ge \\frac{R^2 C^2 \\|f\\|_k^2}{d\\, \\epsilon^2} \\;\\Longrightarrow\\; \\mathbb E \\|f - f_\\omega\\|_{2,\\mathcal D} \\le \\epsilon",
            hypotheses = "factorized and $C$-bounded, $\\mathcal D$ $R$-bounded",
            instances = 60)
    void fewerFeaturesSufficeInHighDimension(
            @ForAll(supplier = ReluExpansion.Any.class) ReluExpansion drawn, ClaimRun run) {
        drawn.cover(run);
        double accuracy = 0.02;
        run.check("ReLU", 1.0, (share, lab) -> {
                    double q = Math.ceil(share
                            * Math.pow(drawn.bound(), 2)
                            * drawn.normSquared()
                            / (drawn.d() * accuracy * accuracy));
                    return Comparison.atMost(
                            Math.sqrt(Math.max(0, drawn.meanSquaredError() * drawn.q() / q)), accuracy, 1e-5, ANGLES);
                })
                .falsifiedBy("a hundredth of the features", 0.01);
        SignScheme cube = new SignScheme(true, 2 + drawn.d() % 4, 1, 1.3);
        run.check("sign scheme on the cube", 1.0, (share, lab) -> {
                    double q = Math.ceil(share * Math.pow(1.3, 4) / (cube.d() * accuracy * accuracy));
                    return Comparison.atMost(Math.sqrt(cube.moments().square() / q), accuracy, 1e-12, ENUMERATED);
                })
                .falsifiedBy("a quarter of the features", 0.25)
                .falsifiedBy("two thirds of the features", 2.0 / 3);
    }

    @Claim(
            id = "D19.sec1-ntk-rate",
            statement =
                    "\\exists\\, \\hat f \\in H_{k_W}:\\; \\mathbb E_x (f - \\hat f)^2 = O\\Big(\\frac{\\|f\\|_k^2}{d q}\\Big)",
            hypotheses =
                    "$\\mathcal D$ $O(1)$-bounded; here $\\hat f = f_\\omega$ with $\\mathbb E_W \\mathbb E_x (f - f_\\omega)^2 \\le C^2 R^2 \\|f\\|_k^2/(q d)$, and the best fit in $H_{k_W}$ is no worse",
            instances = 60)
    void theRandomKernelsSpaceHasAGoodApproximation(
            @ForAll(supplier = ReluExpansion.Any.class) ReluExpansion drawn, ClaimRun run) {
        drawn.cover(run);
        DMatrixRMaj points = drawn.points();
        RandomEmbedding embedding = RandomEmbedding.draw(
                new TangentFeatureScheme(DecentActivation.RELU, drawn.d()),
                drawn.q(),
                drawn.stream().part("omega"));
        DMatrixRMaj features = embedding.features(points);
        double[] f = drawn.function().values(points);
        double[] v = LinearAlgebra.productTransA(embedding.features(drawn.centres()), drawn.coefficients());
        double approximation = meanSquare(f, LinearAlgebra.product(features, v));
        DMatrixRMaj gram = LinearAlgebra.gram(features);
        double[] fit = LinearAlgebra.product(
                gram, LinearAlgebra.product(LinearAlgebra.eigen(gram).pseudoInverse(1e-9), f));
        double best = meanSquare(f, fit);
        DMatrixRMaj one = PointLaw.SPHERE.rows(1, 3, drawn.stream().part("one"));
        double outside = one.get(0, 0) * one.get(0, 0); // nothing to fit with: the best is no better than f_omega = 0
        run.check(
                        "best fit, and a space that is {0}",
                        1.0,
                        (factor, lab) -> Comparison.atMost(
                                new double[] {best, outside},
                                new double[] {factor * approximation, factor * outside},
                                1e-7 * (1 + drawn.normSquared()),
                                "eigenvalues above 1e-9 of the largest are fitted"))
                .falsifiedBy("0.9", 0.9);
        run.check("mean square of f_omega", CLAIMED, (form, lab) -> {
                    SignScheme sharp = new SignScheme(true, 4, 2, 1.3);
                    return Comparison.atMost(
                            new double[] {
                                drawn.meanSquaredError(), sharp.moments().square()
                            },
                            new double[] {
                                form.of(drawn.bound(), 1, drawn.normSquared(), drawn.q(), drawn.d()),
                                form.of(1, 1.3, 1.69, 2, 4)
                            },
                            2e-7 * (1 + drawn.normSquared()),
                            ANGLES);
                })
                .falsifiedBy("d^2 for d", new Form(1, 2, 2, 2))
                .falsifiedBy("0.9", new Form(0.9, 2, 2, 1));
    }

    private static double meanSquare(double[] x, double[] y) {
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            sum += (x[i] - y[i]) * (x[i] - y[i]) / x.length;
        }
        return sum;
    }
}
