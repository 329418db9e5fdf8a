package arora2019;

import org.ejml.data.DMatrixRMaj;
import org.lemmalab.claim.Claim;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.claim.Lab;
import org.lemmalab.kernel.ReluGramMatrix;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.linalg.SymmetricEigen;
import org.lemmalab.network.Initialization;
import org.lemmalab.random.OrthonormalRows;
import org.lemmalab.random.PointLaw;
import org.lemmalab.random.RandomStream;
import org.lemmalab.stats.Decision;
import org.lemmalab.stats.Terms;
import org.lemmalab.trainer.SampleSpaceGradientDescent;

/**
 * Gradient descent on a wide network shrinks the loss by a constant factor at every step.
 *
 * <h2>Source</h2>
 *
 * A19, Theorem 3.1, second bullet.
 *
 * <h2>Statement</h2>
 *
 * <pre>{@code
 * with probability at least 1 - delta:  Phi(W(k+1)) <= (1 - eta lambda_0/2) Phi(W(k)) for all k
 * }</pre>
 *
 * <h2>Instances</h2>
 *
 * Ten uniform points of the sphere in {@code R^10} (lambda_0 about 0.2) and three orthonormal points, fair labels; kappa = 1, 0.1 and 0.01;
 * {@code eta = 1/lambda_max}, and {@code lambda_0/n^2} as printed. Widths 2048 and 4096, where the printed condition asks for more than
 * {@code n^6/lambda_0^4 = 10^9}: what is tested is stronger.
 *
 * <h2>How it is checked</h2>
 *
 * One trial draws points, labels and network and trains until {@code (1 - eta lambda_0)^k} is below {@code e^-6} or the loss is rounding
 * error; it fails when one step contracts too little. Failures are claimed to have probability at most {@code delta = 0.1}, decided
 * against 0.2. A wide network with {@code kappa = 1} contracts by about {@code 1 - 2 eta lambda_0} in the end, four times the claimed rate.
 *
 * <h2>Falsifiers</h2>
 *
 * Rates {@code 2 eta lambda_0} and, at the smallest kappa, {@code 1.5 eta lambda_0}; eight neurons; {@code eta = 2.2/lambda_max}; and a pair of
 * points at an angle of 0.1 with opposite labels, for whose lambda_0 = 0.018 the width 4096 is too small.
 */
class ConvergenceClaims {
    private static final double DELTA = 0.1;

    /** Below this loss a ratio of losses is rounding error. */
    private static final double NOTHING_LEFT = 1e-20;

    private enum Data {
        RANDOM,
        ORTHONORMAL,
        CLOSE_PAIR;

        DMatrixRMaj points(RandomStream stream) {
            return switch (this) {
                case RANDOM -> PointLaw.SPHERE.rows(10, 10, stream);
                case ORTHONORMAL -> OrthonormalRows.draw(3, 3, stream);
                case CLOSE_PAIR ->
                    new DMatrixRMaj(new double[][] {{1, 0, 0}, {Math.cos(0.1), Math.sin(0.1), 0}, {0, 0, 1}});
            };
        }

        double[] labels(int n, RandomStream stream) {
            return this == CLOSE_PAIR ? new double[] {1, -1, 1} : stream.signs(n);
        }
    }

    private enum Step {
        PRINTED,
        LARGE,
        TOO_LARGE;

        double eta(SymmetricEigen eigen) {
            int n = eigen.values().length;
            return switch (this) {
                case PRINTED -> eigen.smallest() / (n * n);
                case LARGE -> 1 / eigen.largest();
                case TOO_LARGE -> 2.2 / eigen.largest();
            };
        }
    }

    /** Contraction by {@code 1 - rate eta lambda_0} in the given setting. */
    private record Form(Data data, int width, double kappa, Step step, double rate) {
        Form(Data data, int width, double kappa, Step step) {
            this(data, width, kappa, step, 0.5);
        }

        Form withRate(double other) {
            return new Form(data, width, kappa, step, other);
        }

        /** Of at most 2000 trials, some 10 seconds; without failures about 120 decide. */
        Decision failsAtMost(Lab lab) {
            Terms terms = new Terms(
                    lab.terms().alpha(),
                    Math.min(2000, lab.terms().maxTrials()),
                    lab.terms().pool());
            return new Lab(lab.stream(), terms).failsAtMost(DELTA, this::fails);
        }

        private boolean fails(RandomStream stream) {
            DMatrixRMaj points = data.points(stream.part("points"));
            SymmetricEigen eigen = LinearAlgebra.eigen(ReluGramMatrix.of(points));
            double eta = step.eta(eigen);
            double gain = eta * eigen.smallest();
            SampleSpaceGradientDescent trainer = new SampleSpaceGradientDescent(
                    Initialization.gaussian(width, points.numCols, kappa, stream.part("network")),
                    points,
                    data.labels(points.numRows, stream.part("labels")),
                    eta);
            for (double loss = trainer.loss();
                    trainer.steps() * gain < 6 && loss > NOTHING_LEFT;
                    loss = trainer.loss()) {
                trainer.step();
                if (trainer.loss() > (1 - rate * gain) * loss) {
                    return true;
                }
            }
            return false;
        }
    }

    @Claim(
            id = "A19.thm3.1-rate",
            statement =
                    "\\Phi(W(k+1)) \\le \\bigl(1 - \\tfrac{\\eta\\lambda_0}{2}\\bigr)\\, \\Phi(W(k)) \\quad \\forall k \\ge 0",
            hypotheses = "with probability at least $1 - \\delta$; $\\lambda_0 > 0$,"
                    + " $m = \\Omega(n^6/(\\lambda_0^4\\kappa^2\\delta^3))$, $\\eta = O(\\lambda_0/n^2)$;"
                    + " tested at $\\delta = 0.1$ with $m \\le 4096$ and up to $\\eta = 1/\\lambda_{\\max}$")
    void lossContractsAtEveryStep(ClaimRun run) {
        Form wide = new Form(Data.RANDOM, 2048, 1, Step.LARGE);
        run.check("kappa = 1", wide, (form, lab) -> form.failsAtMost(lab))
                .falsifiedBy("rate 2", wide.withRate(2))
                .falsifiedBy("8 neurons", new Form(Data.RANDOM, 8, 1, Step.LARGE))
                .falsifiedBy("eta = 2.2/lambda_max", new Form(Data.RANDOM, 2048, 1, Step.TOO_LARGE))
                .falsifiedBy("too narrow for lambda_0", new Form(Data.CLOSE_PAIR, 4096, 1, Step.LARGE));
        Form smaller = new Form(Data.RANDOM, 2048, 0.1, Step.LARGE);
        run.check("kappa = 0.1", smaller, (form, lab) -> form.failsAtMost(lab))
                .falsifiedBy("rate 2", smaller.withRate(2));
        Form smallest = new Form(Data.RANDOM, 4096, 0.01, Step.LARGE);
        run.check("kappa = 0.01", smallest, (form, lab) -> form.failsAtMost(lab))
                .falsifiedBy("rate 3/2", smallest.withRate(1.5));
        Form printed = new Form(Data.ORTHONORMAL, 2048, 1, Step.PRINTED);
        run.check("orthonormal points, eta = lambda_0/n^2", printed, (form, lab) -> form.failsAtMost(lab))
                .falsifiedBy("rate 2", printed.withRate(2));
    }
}
