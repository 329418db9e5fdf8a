package org.lemmalab.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** CIFAR-10 from the user's folder: colour images, 3 x 32 x 32. */
public final class Cifar10 {
    private static final int PIXELS = 3 * 32 * 32;

    private Cifar10() {}

    /**
     * The images of the binary batches ({@code data_batch_1.bin}, ..., {@code test_batch.bin}) that are there, in this order.
     *
     * @throws DataUnavailableException when {@code lemmalab.data} names no folder with batches, or one is damaged
     */
    public static LabeledImages load() {
        List<Path> batches = DataFolder.named().map(DataFolder::cifarBatches).orElse(List.of());
        if (batches.isEmpty()) {
            throw new DataUnavailableException("CIFAR-10", "is not packaged; name its folder by -Ddata=...");
        }
        byte[][] files = new byte[batches.size()][];
        int n = 0;
        for (int i = 0; i < files.length; i++) {
            files[i] = read(batches.get(i));
            n += files[i].length / (1 + PIXELS);
        }
        byte[] bytes = new byte[n * PIXELS];
        int[] labels = new int[n];
        int image = 0;
        for (int i = 0; i < files.length; i++) {
            for (int at = 0; at < files[i].length; at += 1 + PIXELS) {
                int index = at / (1 + PIXELS);
                labels[image] = Digits.label(batches.get(i).toString(), index, files[i][at]);
                System.arraycopy(files[i], at + 1, bytes, image * PIXELS, PIXELS);
                image++;
            }
        }
        return new LabeledImages("CIFAR-10", PIXELS, bytes, labels);
    }

    private static byte[] read(Path file) {
        try {
            long length = Files.size(file);
            if (length == 0 || length % (1 + PIXELS) != 0 || length > Integer.MAX_VALUE / 8) {
                throw new DataUnavailableException(
                        file.toString(), length + " bytes, must be a multiple of the " + (1 + PIXELS) + " of a record");
            }
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new DataUnavailableException(file.toString(), "cannot be read: " + e.getMessage());
        }
    }
}
