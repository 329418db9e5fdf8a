package org.lemmalab.data;

import java.util.stream.IntStream;

/**
 * Images of unsigned bytes with a class each.
 *
 * @param source where they come from, as a report prints it
 * @param pixels numbers per image
 * @param bytes the images one after the other, {@code pixels} unsigned bytes each
 * @param labels the class of each image
 */
public record LabeledImages(String source, int pixels, byte[] bytes, int[] labels) {

    public LabeledImages {
        if (pixels < 1 || bytes.length != (long) pixels * labels.length) {
            throw new IllegalArgumentException(
                    bytes.length + " bytes for " + labels.length + " images of " + pixels + " pixels");
        }
    }

    /** The number of images. */
    public int size() {
        return labels.length;
    }

    /** The pixels of one image, in [0, 1]. */
    public double[] image(int index) {
        double[] result = new double[pixels];
        for (int j = 0; j < pixels; j++) {
            result[j] = (bytes[index * pixels + j] & 0xff) / 255.0;
        }
        return result;
    }

    /** The indices of the images of one class, ascending. */
    public int[] indicesOf(int label) {
        return IntStream.range(0, size()).filter(i -> labels[i] == label).toArray();
    }
}
