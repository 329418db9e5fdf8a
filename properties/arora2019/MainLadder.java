package arora2019;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.DoubleStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.SpecializedOps_DDRM;
import org.lemmalab.claim.ClaimRun;
import org.lemmalab.claim.Lab;
import org.lemmalab.claim.Profile;
import org.lemmalab.kernel.ReluGramMatrix;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.linalg.SymmetricEigen;
import org.lemmalab.network.Initialization;
import org.lemmalab.random.PointLaw;
import org.lemmalab.random.RandomStream;
import org.lemmalab.stats.Terms;
import org.lemmalab.trainer.SampleSpaceGradientDescent;

/**
 * Trained networks of growing width, shared by the claims on training and computed when first asked for.
 *
 * <p>Replicate i has 10 uniform points of the sphere in {@code R^10} and fair labels {@code +-1}, the same at all widths; a fresh network
 * {@link Initialization#gaussian} for each width and scale; {@code eta = 1/lambda_max(H^inf)} and {@code K = 6/(eta lambda_0)} steps (about
 * 42; never cut off), after which {@code (I - eta H^inf)^K} is below {@code e^-6}. All of it depends on the master seed and i alone.
 */
final class MainLadder {
    /** Points, and their dimension. */
    static final int N = 10;

    private static final int FRESH = 50;

    private static final int SMALLEST = 256;

    private static final Map<Long, MainLadder> LADDERS = new ConcurrentHashMap<>();

    /** How the initial weights' standard deviation kappa goes with the width. */
    enum Scale {
        /** {@code kappa = 1}. */
        ONE,
        /** {@code kappa = 0.3}. */
        SMALL,
        /** {@code kappa = m^(-1/4)}: vanishes, while {@code sqrt(m) kappa} grows. */
        VANISHING,
        /** {@code kappa = 6.4 / sqrt(m)}: 0.4 at m = 256, and {@code sqrt(m) kappa} stays. */
        INVERSE_ROOT,
        /** {@code kappa = 102.4 / m}: 0.4 at m = 256, and {@code sqrt(m) kappa} vanishes. */
        INVERSE;

        double kappa(int m) {
            return switch (this) {
                case ONE -> 1;
                case SMALL -> 0.3;
                case VANISHING -> Math.pow(m, -0.25);
                case INVERSE_ROOT -> 6.4 / Math.sqrt(m);
                case INVERSE -> 102.4 / m;
            };
        }
    }

    /**
     * The data of one replicate.
     *
     * @param eigen of {@code H^inf}
     * @param steps K
     * @param fresh other points, of the same law
     */
    record Instance(DMatrixRMaj points, double[] y, SymmetricEigen eigen, double eta, int steps, DMatrixRMaj fresh) {}

    /**
     * One training.
     *
     * @param residuals {@code y - u(k)}, k = 0..K
     * @param neuronMovements {@code max_r |w_r(k) - w_r(0)|}, k = 0..K
     * @param featureMovement {@code max_k |Z(k) - Z(0)|_F}
     * @param totalMovement {@code max_k |W(k) - W(0)|_F}
     * @param gramMovement {@code max_k |H(k) - H(0)|_F}
     * @param predictions of the trained network at the fresh points
     */
    record Run(
            Instance instance,
            double[][] residuals,
            double[] neuronMovements,
            double featureMovement,
            double totalMovement,
            double gramMovement,
            double[] predictions) {}

    private record Key(long replicate, int width, Scale scale) {}

    private final RandomStream stream;
    private final Map<Long, Instance> instances = new ConcurrentHashMap<>(1 << 10);
    private final Map<Key, Run> runs = new ConcurrentHashMap<>(1 << 14);

    private MainLadder(long seed) {
        stream = RandomStream.of(seed, "A19.main-ladder");
    }

    /** The ladder of a run's master seed. */
    static MainLadder of(ClaimRun run) {
        return LADDERS.computeIfAbsent(run.settings().seed(), MainLadder::new);
    }

    /** The widths of a run's profile: factors of 4 from 256 to 4096, 16384 or 65536; in quick only the ends, which exponents are taken from. */
    static double[] widths(ClaimRun run) {
        int largest = run.size("largest width", 4096, 16_384, 65_536);
        if (run.settings().profile() == Profile.QUICK) {
            return new double[] {SMALLEST, largest};
        }
        return DoubleStream.iterate(SMALLEST, m -> m <= largest, m -> 4 * m).toArray();
    }

    /** A decision's terms with at most 1000 replicates, which train for minutes; decisions of true and of clearly wrong forms take 50 to 400. */
    static Terms terms(Lab lab) {
        return new Terms(
                lab.terms().alpha(),
                Math.min(1000, lab.terms().maxTrials()),
                lab.terms().pool());
    }

    /** The training of a replicate at a width and scale. */
    Run run(long replicate, int width, Scale scale) {
        return runs.computeIfAbsent(new Key(replicate, width, scale), this::train);
    }

    private Run train(Key key) {
        Instance instance = instances.computeIfAbsent(key.replicate, this::draw);
        SampleSpaceGradientDescent trainer = new SampleSpaceGradientDescent(
                Initialization.gaussian(
                        key.width,
                        N,
                        key.scale.kappa(key.width),
                        stream.trial(key.replicate).part(key.scale + " " + key.width)),
                instance.points,
                instance.y,
                instance.eta);
        double[][] residuals = new double[instance.steps + 1][];
        double[] movements = new double[instance.steps + 1];
        double featureMovement = 0;
        double totalMovement = 0;
        double gramMovement = 0;
        DMatrixRMaj initialGram = trainer.empiricalGram();
        residuals[0] = trainer.residual();
        for (int k = 1; k <= instance.steps; k++) {
            trainer.step();
            residuals[k] = trainer.residual();
            movements[k] = trainer.largestNeuronMovement();
            totalMovement = Math.max(totalMovement, trainer.movement());
            gramMovement = Math.max(gramMovement, SpecializedOps_DDRM.diffNormF(trainer.empiricalGram(), initialGram));
            featureMovement = Math.max(featureMovement, Math.sqrt(trainer.tangentMovementSquared()));
        }
        return new Run(
                instance,
                residuals,
                movements,
                featureMovement,
                totalMovement,
                gramMovement,
                trainer.network().predict(instance.fresh));
    }

    private Instance draw(long replicate) {
        RandomStream own = stream.trial(replicate);
        DMatrixRMaj points = PointLaw.SPHERE.rows(N, N, own.part("points"));
        SymmetricEigen eigen = LinearAlgebra.eigen(ReluGramMatrix.of(points));
        double eta = 1 / eigen.largest();
        int steps = (int) Math.ceil(6 / (eta * eigen.smallest()));
        DMatrixRMaj fresh = PointLaw.SPHERE.rows(FRESH, N, own.part("fresh points"));
        return new Instance(points, own.part("labels").signs(N), eigen, eta, steps, fresh);
    }
}
