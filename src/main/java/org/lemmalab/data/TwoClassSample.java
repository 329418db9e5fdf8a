package org.lemmalab.data;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.lemmalab.linalg.LinearAlgebra;
import org.lemmalab.random.RandomStream;

/**
 * A random sample of two classes of images as unit vectors (A19 section 6).
 *
 * @param points n x d, one image per row, scaled to unit norm
 * @param y +1 for the first class, -1 for the second
 */
public record TwoClassSample(DMatrixRMaj points, double[] y) {

    /**
     * A sample without repetition, as many of each class. Rows {@code 2k} and {@code 2k + 1} are one image of each class in random
     * order, so that every stretch from an even row to an even row is balanced.
     *
     * @param perClass images of each class, at least 1
     * @throws IllegalArgumentException when the classes are the same or one has fewer than {@code perClass} images
     * @throws DataUnavailableException when a drawn image is all zero, so that it has no direction
     */
    public static TwoClassSample balanced(
            LabeledImages images, int classA, int classB, int perClass, RandomStream stream) {
        if (classA == classB) {
            throw new IllegalArgumentException("both classes are " + classA + ", must be different");
        }
        int[] first = draw(images, classA, perClass, stream.part("first class"));
        int[] second = draw(images, classB, perClass, stream.part("second class"));
        RandomStream order = stream.part("order");
        int d = images.pixels();
        DMatrixRMaj points = new DMatrixRMaj(2 * perClass, d);
        double[] y = new double[2 * perClass];
        for (int k = 0; k < perClass; k++) {
            int swap = order.integer(2);
            y[2 * k + swap] = 1;
            y[2 * k + 1 - swap] = -1;
            System.arraycopy(unit(images, first[k]), 0, points.data, (2 * k + swap) * d, d);
            System.arraycopy(unit(images, second[k]), 0, points.data, (2 * k + 1 - swap) * d, d);
        }
        return new TwoClassSample(points, y);
    }

    /** The rows {@code from, ..., to - 1} as a sample of their own. */
    public TwoClassSample rows(int from, int to) {
        if (from < 0 || to < from || to > y.length) {
            throw new IllegalArgumentException("rows " + from + " to " + to + ", must be within 0 to " + y.length);
        }
        int d = points.numCols;
        DMatrixRMaj part = new DMatrixRMaj(to - from, d, true, Arrays.copyOfRange(points.data, from * d, to * d));
        return new TwoClassSample(part, Arrays.copyOfRange(y, from, to));
    }

    private static int[] draw(LabeledImages images, int label, int count, RandomStream stream) {
        int[] all = images.indicesOf(label);
        if (count < 1 || count > all.length) {
            throw new IllegalArgumentException("perClass is " + count + ", must be between 1 and the " + all.length
                    + " images of class " + label + " in " + images.source());
        }
        return Arrays.stream(stream.permutation(all.length), 0, count)
                .map(i -> all[i])
                .toArray();
    }

    private static double[] unit(LabeledImages images, int index) {
        double[] image = images.image(index);
        double norm = LinearAlgebra.norm(image);
        if (norm == 0) {
            throw new DataUnavailableException(
                    images.source(), "image " + index + " is all zero, so that it has no direction");
        }
        for (int j = 0; j < image.length; j++) {
            image[j] /= norm;
        }
        return image;
    }
}
