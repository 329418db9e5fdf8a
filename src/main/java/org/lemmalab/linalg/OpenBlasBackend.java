package org.lemmalab.linalg;

import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.openblas.global.openblas;
import org.ejml.data.DMatrixRMaj;

/** The backend on OpenBLAS, on one native thread per call. */
final class OpenBlasBackend implements Backend {
    /*
     * The double[] overloads of the bindings copy every array in and out, inputs too. Instead each Java thread keeps native
     * scratch that grows to the largest matrix it has met: put the inputs, call, get the result.
     */
    private static final ThreadLocal<Scratch> SCRATCH = ThreadLocal.withInitial(Scratch::new);

    /** Loads the native library. @throws LinkageError or RuntimeException when it does not load */
    OpenBlasBackend() {
        Loader.load(openblas.class);
        openblas.blas_set_num_threads(1);
    }

    @Override
    public String name() {
        return "openblas";
    }

    @Override
    public void multiply(
            boolean transA, boolean transB, double alpha, DMatrixRMaj a, DMatrixRMaj b, double beta, DMatrixRMaj c) {
        Requirements.product(transA, transB, a, b, c);
        int m = c.numRows;
        int n = c.numCols;
        int k = transA ? a.numRows : a.numCols;
        if (m == 0 || n == 0) {
            return;
        }
        Scratch scratch = SCRATCH.get();
        DoublePointer left = scratch.put(0, a);
        DoublePointer right = scratch.put(1, b);
        DoublePointer result = beta == 0 ? scratch.pointer(2, m * n) : scratch.put(2, c);
        openblas.cblas_dgemm(
                openblas.CblasRowMajor,
                transA ? openblas.CblasTrans : openblas.CblasNoTrans,
                transB ? openblas.CblasTrans : openblas.CblasNoTrans,
                m,
                n,
                k,
                alpha,
                left,
                Math.max(1, a.numCols),
                right,
                Math.max(1, b.numCols),
                beta,
                result,
                n);
        result.get(c.data, 0, m * n);
    }

    @Override
    public DMatrixRMaj gram(DMatrixRMaj x) {
        int n = x.numRows;
        DMatrixRMaj result = new DMatrixRMaj(n, n);
        if (n == 0) {
            return result;
        }
        Scratch scratch = SCRATCH.get();
        DoublePointer points = scratch.put(0, x);
        DoublePointer gram = scratch.pointer(2, n * n);
        openblas.cblas_dsyrk(
                openblas.CblasRowMajor,
                openblas.CblasUpper,
                openblas.CblasNoTrans,
                n,
                x.numCols,
                1,
                points,
                Math.max(1, x.numCols),
                0,
                gram,
                n);
        gram.get(result.data, 0, n * n);
        LinearAlgebra.mirrorUpper(result);
        return result;
    }

    @Override
    public SymmetricEigen symmetricEigen(DMatrixRMaj s) {
        DMatrixRMaj copy = Requirements.symmetricCopy(s);
        int n = copy.numRows;
        Scratch scratch = SCRATCH.get();
        DoublePointer matrix = scratch.put(0, copy);
        DoublePointer ascending = scratch.pointer(1, n);
        // Read as column-major the array is the same symmetric matrix, and the eigenvectors come out as rows.
        int info = openblas.LAPACKE_dsyevd(openblas.LAPACK_COL_MAJOR, (byte) 'V', (byte) 'L', n, matrix, n, ascending);
        if (info != 0) {
            throw new IllegalStateException("the symmetric eigenproblem of order " + n + " failed, info " + info);
        }
        double[] values = new double[n];
        ascending.get(values, 0, n);
        matrix.get(copy.data, 0, n * n);
        reverse(n, copy, values);
        return new SymmetricEigen(values, copy);
    }

    @Override
    public Cholesky cholesky(DMatrixRMaj s) {
        DMatrixRMaj copy = Requirements.symmetricCopy(s);
        int n = copy.numRows;
        DoublePointer matrix = SCRATCH.get().put(0, copy);
        // Column-major upper factor U with S = U^T U, read as row-major: the lower factor L = U^T.
        int info = openblas.LAPACKE_dpotrf(openblas.LAPACK_COL_MAJOR, (byte) 'U', n, matrix, n);
        if (info > 0) {
            throw new NotPositiveDefiniteException(n);
        }
        if (info < 0) {
            throw new IllegalStateException("the Cholesky factorisation of order " + n + " failed, info " + info);
        }
        matrix.get(copy.data, 0, n * n);
        return new Cholesky(copy);
    }

    private static void reverse(int n, DMatrixRMaj rows, double[] values) {
        double[] row = new double[n];
        for (int i = 0, j = n - 1; i < j; i++, j--) {
            double value = values[i];
            values[i] = values[j];
            values[j] = value;
            System.arraycopy(rows.data, i * n, row, 0, n);
            System.arraycopy(rows.data, j * n, rows.data, i * n, n);
            System.arraycopy(row, 0, rows.data, j * n, n);
        }
    }

    /** Three native buffers of one thread. */
    private static final class Scratch {
        private final DoublePointer[] pointers = {new DoublePointer(1), new DoublePointer(1), new DoublePointer(1)};

        /** A buffer of at least {@code length} numbers, content unspecified. */
        DoublePointer pointer(int slot, int length) {
            if (pointers[slot].capacity() < length) {
                pointers[slot].close();
                pointers[slot] = new DoublePointer((long) length);
            }
            return pointers[slot];
        }

        DoublePointer put(int slot, DMatrixRMaj matrix) {
            int length = matrix.getNumElements();
            return pointer(slot, length).put(matrix.data, 0, length);
        }
    }
}
