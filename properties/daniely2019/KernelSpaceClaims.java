package daniely2019;

import java.util.function.UnaryOperator;
import net.jqwik.api.ForAll;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.lemmalab.claim.Claim;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.linalg.SymmetricEigen;
import org.lemmalab.random.PointLaw;
import org.lemmalab.stats.Comparison;

/**
 * Kernels, their spaces of functions, and embeddings, on finitely many points.
 *
 * <h2>Source</h2>
 *
 * D19, Theorems 1 and 2.
 *
 * <h2>Statement</h2>
 *
 * <pre>{@code
 * k positive semidefinite:  H_k = { K a } with <K a, K b> = a^T K b has   f(x) = < f, k(., x) >   for all f in H_k
 *                           and is the only space with that property; every such space has a kernel
 * k(x, y) = < Psi(x), Psi(y) >  iff  k is positive semidefinite;   |f|_k = min { |v| : f = <v, Psi> },  attained once
 * }</pre>
 *
 * <h2>Instances</h2>
 *
 * Matrices up to 12 x 12 of every rank, zero among them; embeddings in more and in fewer dimensions than points, with repeated points.
 *
 * <h2>How it is checked</h2>
 *
 * Matrix identities with nonzero eigenvalues in [1/2, 2], exact to {@code 40 n kappa^2 2^-53}, {@code kappa = 4}. Uniqueness by counting, among two
 * candidates, those that have the property: {@code H_k}, and all functions with the inner product {@code K^+ + P}, P the projection on the null space
 * of K. There {@code < k(., x), k(., y) > = k(x, y)} too, but no function of the null space is reproduced.
 *
 * <h2>Falsifiers</h2>
 *
 * A space's kernel without its inner product; an eigenvalue with the wrong sign; uniqueness with the printed property; the norm of another
 * representation, and a tenth more.
 */
class KernelSpaceClaims {
    @Claim(
            id = "D19.thm1-exists",
            statement =
                    "\\forall\\, k \\succeq 0\\; \\exists\\, H_k:\\; f(x) = \\langle f, k(\\cdot, x)\\rangle \\; \\forall f \\in H_k; \\quad \\text{conversely, every kernel space has a kernel}",
            hypotheses = "finitely many points")
    void everyKernelHasASpaceAndEverySpaceAKernel(
            @ForAll(supplier = FiniteKernel.Any.class) FiniteKernel kernel, ClaimRun run) {
        kernel.cover(run);
        int n = kernel.n();
        DMatrixRMaj k = kernel.matrix();
        DMatrixRMaj inverse = FiniteKernel.pseudoInverse(k);
        run.check("reproducing property", 1.0, (factor, lab) -> {
                    DMatrixRMaj reproduced = LinearAlgebra.product(LinearAlgebra.product(k, inverse), k);
                    CommonOps_DDRM.scale(factor, reproduced);
                    return Comparison.equal(reproduced.data, k.data, kernel.rounding(), FiniteKernel.ROUNDING);
                })
                .falsifiedBy("1.1 times", 1.1);
        run.check("least norm", 1.0, (last, lab) -> {
                    DMatrixRMaj changed = new FiniteKernel(n, Math.max(1, kernel.rank()), kernel.seed()).withLast(last);
                    return Comparison.atLeast(
                            LinearAlgebra.eigen(changed).smallest(), 0, kernel.rounding(), FiniteKernel.ROUNDING);
                })
                .falsifiedBy("an eigenvalue times -0.1", -0.1);
        DMatrixRMaj functions = PointLaw.GAUSSIAN.rows(n + 1, n, kernel.stream().part("functions"));
        FiniteKernel product = new FiniteKernel(n, n, kernel.seed() + 1);
        DMatrixRMaj inner = product.matrix(); // <f_c, f_e> = c^T A e on the coefficients of n functions of n + 1 points
        UnaryOperator<DMatrixRMaj> claimed = a -> LinearAlgebra.eigen(a).pseudoInverse(0);
        run.check("kernel of a space", claimed, (form, lab) -> {
                    // coefficients of k(., x_i) are the columns of B = form(A) F^T; < f_c, k(., x_i) > = c^T A B e_i
                    DMatrixRMaj coefficients = LinearAlgebra.productTransB(form.apply(inner), functions);
                    DMatrixRMaj values = LinearAlgebra.product(inner, coefficients);
                    DMatrixRMaj expected = CommonOps_DDRM.transpose(functions, null);
                    return Comparison.equal(
                            values.data,
                            expected.data,
                            kernel.rounding() * CommonOps_DDRM.elementMaxAbs(functions),
                            FiniteKernel.ROUNDING + ", times the largest value");
                })
                .falsifiedBy("without the inner product", a -> CommonOps_DDRM.identity(n));
    }

    @Claim(
            id = "D19.thm1-unique",
            statement =
                    "H_k \\text{ is the only kernel space with } k(x, x') = \\langle k(\\cdot, x), k(\\cdot, x')\\rangle",
            correction =
                    "H_k \\text{ is the only kernel space with } f(x) = \\langle f, k(\\cdot, x)\\rangle \\text{ for all } f \\text{ in it}",
            derivation =
                    "Taken to the letter, the printed property speaks of the span of the sections $k(\\cdot, x)$ alone."
                            + " On two points with $k = \\operatorname{diag}(1, 0)$ both $\\operatorname{span}(e_1)$ and $\\mathbb R^2$ have it."
                            + " The standard theorem, with the reproducing property, is meant, and nothing in the paper depends on the difference.",
            hypotheses = "finitely many points; $K$ singular (for regular $K$ the two properties agree)")
    void theSpaceWithTheReproducingPropertyIsUnique(
            @ForAll(supplier = FiniteKernel.Singular.class) FiniteKernel kernel, ClaimRun run) {
        kernel.cover(run);
        DMatrixRMaj k = kernel.matrix();
        DMatrixRMaj inverse = FiniteKernel.pseudoInverse(k);
        DMatrixRMaj larger = CommonOps_DDRM.add(inverse, FiniteKernel.nullSpace(k), null);
        DMatrixRMaj all = CommonOps_DDRM.identity(kernel.n());
        run.check("candidates with the property", true, (reproducing, lab) -> {
                    int count = 0;
                    // H_k: functions K a, inner product K^+
                    count += holds(k, inverse, k, kernel.rounding());
                    // all functions, inner product K^+ + P
                    count += holds(reproducing ? all : k, larger, k, kernel.rounding());
                    return Comparison.equal(count, 1, 0, "a count");
                })
                .printedAs("the sections' inner products alone", false);
    }

    /** 1 if {@code < f, k(., x_i) > = f(x_i)} for the functions in the columns of f, with the inner product {@code f^T G g}; else 0. */
    private static int holds(DMatrixRMaj f, DMatrixRMaj g, DMatrixRMaj k, double rounding) {
        DMatrixRMaj products = LinearAlgebra.productTransA(f, LinearAlgebra.product(g, k));
        DMatrixRMaj difference = CommonOps_DDRM.subtract(products, CommonOps_DDRM.transpose(f, null), null);
        return CommonOps_DDRM.elementMaxAbs(difference) <= rounding ? 1 : 0;
    }

    @Claim(
            id = "D19.thm2-iff",
            statement = "k \\succeq 0 \\iff \\exists\\, \\Psi:\\; k(x, x') = \\langle \\Psi(x), \\Psi(x')\\rangle",
            hypotheses = "finitely many points")
    void kernelsAreInnerProductsOfEmbeddings(
            @ForAll(supplier = FiniteKernel.Any.class) FiniteKernel drawn, ClaimRun run) {
        drawn.cover(run);
        FiniteKernel kernel = new FiniteKernel(drawn.n(), Math.max(1, drawn.rank()), drawn.seed());
        run.check("root of the matrix", 1.0, (last, lab) -> {
                    DMatrixRMaj k = kernel.withLast(last);
                    SymmetricEigen eigen = LinearAlgebra.eigen(k);
                    DMatrixRMaj root = eigen.apply(value -> Math.sqrt(Math.max(0, value)));
                    return Comparison.equal(
                            LinearAlgebra.gram(root).data, k.data, kernel.rounding(), FiniteKernel.ROUNDING);
                })
                .falsifiedBy("an eigenvalue times -0.1", -0.1);
        DMatrixRMaj psi = PointLaw.GAUSSIAN.rows(
                drawn.n(), 1 + drawn.rank(), drawn.stream().part("psi"));
        double size = LinearAlgebra.dot(psi.data, psi.data);
        run.check("least eigenvalue of an embedding's matrix", 0.0, (shift, lab) -> {
                    DMatrixRMaj gram = LinearAlgebra.gram(psi);
                    for (int i = 0; i < drawn.n(); i++) {
                        gram.add(i, i, -shift * size);
                    }
                    return Comparison.atLeast(
                            LinearAlgebra.eigen(gram).smallest() / size,
                            0,
                            drawn.rounding(),
                            "40 n 2^-53 of the trace");
                })
                .falsifiedBy("less the trace", 1.0)
                .falsifiedBy("less 1.1 times the trace", 1.1);
    }

    @Claim(
            id = "D19.thm2-norm",
            statement =
                    "\\|f\\|_k = \\min \\{ \\|v\\| : f = \\langle v, \\Psi(\\cdot)\\rangle \\}, \\quad \\text{attained once}",
            hypotheses = "finitely many points; embeddings in more dimensions than their rank")
    void normIsThatOfTheShortestRepresentation(
            @ForAll(supplier = FiniteKernel.Any.class) FiniteKernel drawn, ClaimRun run) {
        drawn.cover(run);
        run.note("The constraint f = <v, Psi> is printed without its right-hand side.");
        FiniteKernel kernel = new FiniteKernel(drawn.n(), Math.max(1, drawn.rank()), drawn.seed());
        int n = kernel.n();
        DMatrixRMaj root = LinearAlgebra.eigen(kernel.matrix()).apply(value -> Math.sqrt(Math.max(0, value)));
        DMatrixRMaj psi = new DMatrixRMaj(n, 2 * n); // (root, root) / sqrt 2: rank at most n in 2 n dimensions
        CommonOps_DDRM.insert(root, psi, 0, 0);
        CommonOps_DDRM.insert(root, psi, 0, n);
        CommonOps_DDRM.scale(Math.sqrt(0.5), psi);
        double[] start = kernel.stream().part("v").gaussians(2 * n);
        double[] f = LinearAlgebra.product(psi, start);
        DMatrixRMaj inverse = FiniteKernel.pseudoInverse(LinearAlgebra.gram(psi));
        double[] least = LinearAlgebra.productTransA(psi, LinearAlgebra.product(inverse, f));
        DMatrixRMaj parameters = FiniteKernel.pseudoInverse(LinearAlgebra.productTransA(psi, psi));
        double[] shortest = LinearAlgebra.product(parameters, LinearAlgebra.productTransA(psi, f));
        double norm = LinearAlgebra.dot(f, LinearAlgebra.product(inverse, f));
        double size = LinearAlgebra.dot(start, start);
        double rounding = 4 * kernel.rounding() * size;
        run.check(
                        "norm of the shortest",
                        shortest,
                        (v, lab) -> Comparison.equal(
                                LinearAlgebra.dot(v, v), norm, rounding, FiniteKernel.ROUNDING + ", times 4 |v|^2"))
                .falsifiedBy("another representation", start);
        double[] beyond = start.clone(); // start less its part in the span of the features: a null vector
        for (int i = 0; i < beyond.length; i++) {
            beyond[i] -= least[i];
        }
        run.check("norm of the shortest plus a null vector", 1.0, (share, lab) -> {
                    double sum = 0;
                    for (int i = 0; i < beyond.length; i++) {
                        sum += Math.pow(least[i] + beyond[i], 2);
                    }
                    return Comparison.equal(
                            sum,
                            norm + share * LinearAlgebra.dot(beyond, beyond),
                            rounding,
                            FiniteKernel.ROUNDING + ", times 4 |v|^2");
                })
                .falsifiedBy("no longer than the shortest", 0.0)
                .falsifiedBy("half of the null vector", 0.5);
    }
}
