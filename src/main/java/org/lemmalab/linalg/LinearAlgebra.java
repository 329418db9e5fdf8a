package org.lemmalab.linalg;

import java.util.Optional;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * Dense linear algebra on the backend of this run.
 *
 * <p>The system property {@code lemmalab.backend} chooses it once: {@code auto} (default: OpenBLAS when it loads, else EJML),
 * {@code openblas} or {@code ejml}. Matrices are row-major; arguments are never modified. Products of a matrix and a vector are
 * plain Java in both cases: they are bound by memory.
 */
public final class LinearAlgebra {
    private static @Nullable Backend chosen;

    private LinearAlgebra() {}

    /**
     * The backend of this run.
     *
     * @throws IllegalArgumentException when {@code lemmalab.backend} is none of auto, openblas, ejml
     * @throws IllegalStateException when it is openblas, which does not load
     */
    public static synchronized Backend backend() {
        if (chosen == null) {
            chosen = choose(System.getProperty("lemmalab.backend", ""));
        }
        return chosen;
    }

    /** Why OpenBLAS is not in use although {@code auto} asked for it; empty when it is, or when a backend was named. */
    public static Optional<String> fallbackReason() {
        return isAuto(System.getProperty("lemmalab.backend", ""))
                ? Optional.ofNullable(Native.REASON)
                : Optional.empty();
    }

    /** The OpenBLAS backend. @throws IllegalStateException when the native library does not load */
    public static Backend openBlas() {
        if (Native.BACKEND == null) {
            throw new IllegalStateException("OpenBLAS does not load: " + Native.REASON);
        }
        return Native.BACKEND;
    }

    /** The EJML backend. */
    public static Backend ejml() {
        return new EjmlBackend();
    }

    /** The product {@code a b}. @throws IllegalArgumentException when the shapes do not fit */
    public static DMatrixRMaj product(DMatrixRMaj a, DMatrixRMaj b) {
        DMatrixRMaj c = new DMatrixRMaj(a.numRows, b.numCols);
        backend().multiply(false, false, 1, a, b, 0, c);
        return c;
    }

    /** The product {@code a^T b}. @throws IllegalArgumentException when the shapes do not fit */
    public static DMatrixRMaj productTransA(DMatrixRMaj a, DMatrixRMaj b) {
        DMatrixRMaj c = new DMatrixRMaj(a.numCols, b.numCols);
        backend().multiply(true, false, 1, a, b, 0, c);
        return c;
    }

    /** The product {@code a b^T}. @throws IllegalArgumentException when the shapes do not fit */
    public static DMatrixRMaj productTransB(DMatrixRMaj a, DMatrixRMaj b) {
        DMatrixRMaj c = new DMatrixRMaj(a.numRows, b.numRows);
        backend().multiply(false, true, 1, a, b, 0, c);
        return c;
    }

    /** The Gram matrix {@code x x^T} of the rows, exactly symmetric. */
    public static DMatrixRMaj gram(DMatrixRMaj x) {
        return backend().gram(x);
    }

    /** The product {@code a v}. @throws IllegalArgumentException when {@code v} has not the length of a row */
    public static double[] product(DMatrixRMaj a, double[] v) {
        Requirements.length("vector", v, a.numCols);
        double[] result = new double[a.numRows];
        for (int i = 0; i < a.numRows; i++) {
            result[i] = dot(a.data, i * a.numCols, v, 0, a.numCols);
        }
        return result;
    }

    /** The product {@code a^T v}. @throws IllegalArgumentException when {@code v} has not the length of a column */
    public static double[] productTransA(DMatrixRMaj a, double[] v) {
        Requirements.length("vector", v, a.numRows);
        double[] result = new double[a.numCols];
        for (int i = 0; i < a.numRows; i++) {
            int row = i * a.numCols;
            for (int j = 0; j < a.numCols; j++) {
                result[j] += v[i] * a.data[row + j];
            }
        }
        return result;
    }

    /** See {@link Backend#symmetricEigen}. */
    public static SymmetricEigen eigen(DMatrixRMaj s) {
        return backend().symmetricEigen(s);
    }

    /** See {@link Backend#cholesky}. */
    public static Cholesky cholesky(DMatrixRMaj s) {
        return backend().cholesky(s);
    }

    /** The inner product {@code sum_i x_i y_i}. @throws IllegalArgumentException when the lengths differ */
    public static double dot(double[] x, double[] y) {
        Requirements.length("second vector", y, x.length);
        return dot(x, 0, y, 0, x.length);
    }

    /** The Euclidean norm. Entries above 1e154 overflow. */
    public static double norm(double[] x) {
        return Math.sqrt(dot(x, 0, x, 0, x.length));
    }

    /** The operator norm, the largest singular value: the root of the largest eigenvalue of {@code a a^T}. Entries above 1e154 overflow. */
    public static double operatorNorm(DMatrixRMaj a) {
        return Math.sqrt(Math.max(0, eigen(gram(a)).largest()));
    }

    /** The inner product of two stretches of {@code length} numbers, in four interleaved sums. */
    public static double dot(double[] x, int fromX, double[] y, int fromY, int length) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        int i = 0;
        for (; i + 3 < length; i += 4) {
            s0 += x[fromX + i] * y[fromY + i];
            s1 += x[fromX + i + 1] * y[fromY + i + 1];
            s2 += x[fromX + i + 2] * y[fromY + i + 2];
            s3 += x[fromX + i + 3] * y[fromY + i + 3];
        }
        for (; i < length; i++) {
            s0 += x[fromX + i] * y[fromY + i];
        }
        return (s0 + s1) + (s2 + s3);
    }

    /** Copies the upper triangle of a square matrix onto the lower one, in place. */
    public static void mirrorUpper(DMatrixRMaj s) {
        int n = s.numRows;
        int tile = 32; // the transposed reads stay in the cache
        for (int fromRow = 0; fromRow < n; fromRow += tile) {
            for (int fromColumn = 0; fromColumn <= fromRow; fromColumn += tile) {
                for (int i = fromRow; i < Math.min(fromRow + tile, n); i++) {
                    for (int j = fromColumn; j < Math.min(fromColumn + tile, i); j++) {
                        s.data[i * n + j] = s.data[j * n + i];
                    }
                }
            }
        }
    }

    static Backend choose(String property) {
        if (isAuto(property)) {
            return Native.BACKEND == null ? ejml() : Native.BACKEND;
        }
        return switch (property) {
            case "openblas" -> openBlas();
            case "ejml" -> ejml();
            default ->
                throw new IllegalArgumentException("backend is '" + property + "', must be auto, openblas or ejml");
        };
    }

    private static boolean isAuto(String property) {
        return property.isBlank() || property.equals("auto");
    }

    /** The one attempt to load the native library: a second one would give another error. */
    private static final class Native {
        static final @Nullable Backend BACKEND;
        static final @Nullable String REASON;

        static {
            Backend backend = null;
            String reason = null;
            try {
                backend = new OpenBlasBackend();
            } catch (LinkageError | RuntimeException e) {
                reason = String.valueOf(e.getMessage()).lines().findFirst().orElse(e.toString());
            }
            BACKEND = backend;
            REASON = reason;
        }
    }
}
