package ghorbani2019;

import org.ejml.data.DMatrixRMaj;
import org.lemmalab.data.LabeledLaw;
import org.lemmalab.random.RandomStream;
import org.lemmalab.trainer.SampleSource;

/** Independent samples of a law, one after the other, for methods that see each sample once. Small batches are cut from larger draws. */
final class FreshSamples implements SampleSource {
    private static final int BLOCK = 256;

    private final LabeledLaw law;
    private final RandomStream stream;
    private final DMatrixRMaj block;
    private double[] blockLabels = {};
    private double[] labels = {};
    private int used = BLOCK;

    FreshSamples(LabeledLaw law, RandomStream stream) {
        this.law = law;
        this.stream = stream;
        block = new DMatrixRMaj(BLOCK, law.dimension());
    }

    @Override
    public double[] draw(DMatrixRMaj points) {
        int n = points.numRows;
        if (4 * n > BLOCK) {
            return law.draw(stream, points);
        }
        if (used + n > BLOCK) {
            blockLabels = law.draw(stream, block);
            used = 0;
        }
        if (labels.length != n) {
            labels = new double[n];
        }
        System.arraycopy(block.data, used * points.numCols, points.data, 0, points.getNumElements());
        System.arraycopy(blockLabels, used, labels, 0, n);
        used += n;
        return labels;
    }
}
