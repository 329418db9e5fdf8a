package arora2019;

import org.jspecify.annotations.Nullable;
import org.lemmalab.data.Images;
import org.lemmalab.data.LabeledImages;
import org.lemmalab.data.TwoClassSample;
import org.lemmalab.random.RandomStream;

/** The data of A19's figures: class 0 (label +1) and class 1 (label -1) of the images at hand, as unit vectors (packaged: zeros and ones). */
final class TwoClasses {
    private static @Nullable LabeledImages images;

    private TwoClasses() {}

    /** A random sample of {@code n} images without repetition, half of each class, {@code n} even. */
    static TwoClassSample sample(int n, RandomStream stream) {
        return TwoClassSample.balanced(images(), 0, 1, n / 2, stream);
    }

    /** The data, as a caption prints them. */
    static String source() {
        return images().source() + ", classes 0 and 1";
    }

    /* Not in a static initialiser: there, missing data would surface as another error. */
    private static synchronized LabeledImages images() {
        if (images == null) {
            images = Images.load();
        }
        return images;
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

    /** The labels after so many of them, chosen at random, were turned around: noise without the luck of {@link #redrawn}. */
    static double[] turned(double[] y, int count, RandomStream stream) {
        int[] order = stream.permutation(y.length);
        double[] result = y.clone();
        for (int i = 0; i < count; i++) {
            result[order[i]] *= -1;
        }
        return result;
    }
}
