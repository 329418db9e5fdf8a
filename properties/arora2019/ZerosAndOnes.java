package arora2019;

import org.jspecify.annotations.Nullable;
import org.lemmalab.data.Digits;
import org.lemmalab.data.LabeledImages;
import org.lemmalab.data.TwoClassSample;
import org.lemmalab.random.RandomStream;

/** The data of A19's figures: zeros (label +1) and ones (label -1) as unit vectors, from the digits that are at hand. */
final class ZerosAndOnes {
    private static @Nullable LabeledImages digits;

    private ZerosAndOnes() {}

    /** A random sample of {@code n} images without repetition, half of each class, {@code n} even. */
    static TwoClassSample sample(int n, RandomStream stream) {
        return TwoClassSample.balanced(digits(), 0, 1, n / 2, stream);
    }

    /** The name of the data, as a caption prints it. */
    static String source() {
        return digits().source();
    }

    /* Not in a static initialiser: there, missing data would surface as another error. */
    private static synchronized LabeledImages digits() {
        if (digits == null) {
            digits = Digits.load();
        }
        return digits;
    }

    /**
     * The labels after a portion of them, chosen at random, was drawn anew as fair signs (A19, appendix A). With the same stream, a larger
     * portion draws the same ones and more.
     */
    static double[] redrawn(double[] y, double portion, RandomStream stream) {
        int[] order = stream.part("order").permutation(y.length);
        double[] signs = stream.part("signs").signs(y.length);
        double[] result = y.clone();
        for (int i = 0; i < Math.round(portion * y.length); i++) {
            result[order[i]] = signs[i];
        }
        return result;
    }
}
