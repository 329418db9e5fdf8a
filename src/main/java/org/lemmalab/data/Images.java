package org.lemmalab.data;

import java.util.Optional;

/** The labelled images that experiments on images run on. */
public final class Images {
    private Images() {}

    /**
     * What the user's folder holds, MNIST before CIFAR-10; the packaged digits without a folder.
     *
     * @throws DataUnavailableException when the folder that {@code lemmalab.data} names is missing, holds neither, or a file in it is
     *     damaged
     */
    public static LabeledImages load() {
        Optional<DataFolder> folder = DataFolder.named();
        boolean digits = folder.isEmpty()
                || folder.get().holdsDigits("train")
                || folder.get().holdsDigits("t10k");
        return digits ? Digits.load() : Cifar10.load();
    }
}
