package org.lemmalab.data;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Handwritten digits, 28 x 28: MNIST from the user's folder, else the 10,000 that are packaged (MIT licence, beside them). */
public final class Digits {
    private static final int SIDE = 28;

    private Digits() {}

    /**
     * The digits. MNIST's training and test images are pooled, training images first; the packaged ones are ordered by class.
     *
     * @throws DataUnavailableException when the folder that {@code lemmalab.data} names is missing or a file in it is damaged
     */
    public static LabeledImages load() {
        Optional<DataFolder> folder = DataFolder.named();
        List<LabeledImages> parts = new ArrayList<>();
        folder.ifPresent(named -> Stream.of("train", "t10k")
                .filter(named::holdsDigits)
                .map(part -> images(
                        "MNIST",
                        named.idx(part + "-images", "idx3-ubyte", 3),
                        named.idx(part + "-labels", "idx1-ubyte", 1)))
                .forEach(parts::add));
        return switch (parts.size()) {
            case 0 -> packaged();
            case 1 -> parts.get(0);
            default -> pooled(parts.get(0), parts.get(1));
        };
    }

    private static LabeledImages packaged() {
        return images(
                "packaged digits",
                resource("digits-images-idx3-ubyte.gz", 3),
                resource("digits-labels-idx1-ubyte.gz", 1));
    }

    private static IdxFile resource(String name, int dimensions) {
        InputStream stream = Digits.class.getResourceAsStream(name);
        if (stream == null) {
            throw new DataUnavailableException(name, "is missing from the program");
        }
        return IdxFile.read(name, stream, dimensions);
    }

    private static LabeledImages images(String source, IdxFile images, IdxFile labels) {
        int n = images.sizes()[0];
        if (images.sizes()[1] != SIDE || images.sizes()[2] != SIDE) {
            throw new DataUnavailableException(
                    images.name(), "images are " + images.sizes()[1] + " x " + images.sizes()[2] + ", must be 28 x 28");
        }
        if (labels.sizes()[0] != n) {
            throw new DataUnavailableException(
                    labels.name(), labels.sizes()[0] + " labels for the " + n + " images of " + images.name());
        }
        int[] classes = new int[n];
        for (int i = 0; i < n; i++) {
            classes[i] = label(labels.name(), i, labels.bytes()[i]);
        }
        return new LabeledImages(source, SIDE * SIDE, images.bytes(), classes);
    }

    private static LabeledImages pooled(LabeledImages first, LabeledImages second) {
        byte[] bytes = Arrays.copyOf(first.bytes(), Math.addExact(first.bytes().length, second.bytes().length));
        System.arraycopy(second.bytes(), 0, bytes, first.bytes().length, second.bytes().length);
        int[] labels = Arrays.copyOf(first.labels(), first.size() + second.size());
        System.arraycopy(second.labels(), 0, labels, first.size(), second.size());
        return new LabeledImages(first.source(), first.pixels(), bytes, labels);
    }

    /** The class of image {@code index}, one of ten. */
    static int label(String file, int index, byte value) {
        int label = value & 0xff;
        if (label > 9) {
            throw new DataUnavailableException(file, "label " + label + " of image " + index + ", must be 0 to 9");
        }
        return label;
    }
}
