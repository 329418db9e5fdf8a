package org.lemmalab.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DigitsTest {
    private static final int PIXELS = 28 * 28;

    @TempDir
    Path folder;

    @BeforeEach
    void nameTheFolder() {
        System.setProperty("lemmalab.data", folder.toString());
    }

    @AfterEach
    void forgetTheFolder() {
        System.clearProperty("lemmalab.data");
    }

    @Test
    void packagedDigitsAreThereInFull() {
        System.setProperty("lemmalab.data", " ");
        LabeledImages digits = Digits.load();
        assertThat(digits.source()).isEqualTo("packaged digits");
        assertThat(IntStream.range(0, 10).map(label -> digits.indicesOf(label).length))
                .containsExactly(1001, 1127, 991, 1032, 980, 863, 1014, 1070, 944, 978);
        assertThat(digits.image(0)).hasSize(PIXELS);
        assertThat(Arrays.stream(digits.image(0)).min()).hasValue(0);
        assertThat(Arrays.stream(digits.image(0)).max()).hasValue(1); // byte 255
    }

    @Test
    void userFilesAreReadPlainOrZippedUnderBothNames() throws IOException {
        write("train-images-idx3-ubyte", idx(0x803, new int[] {2, 28, 28}, pixels(2, 10)));
        write("train-labels.idx1-ubyte.gz", zipped(idx(0x801, new int[] {2}, new byte[] {3, 9})));
        LabeledImages train = Images.load();
        assertThat(train.source()).isEqualTo("MNIST");
        assertThat(train.labels()).containsExactly(3, 9);
        assertThat(train.image(1)[0]).isEqualTo(11 / 255.0);
        write("t10k-images.idx3-ubyte.gz", zipped(idx(0x803, new int[] {1, 28, 28}, pixels(1, 200))));
        write("t10k-labels-idx1-ubyte", idx(0x801, new int[] {1}, new byte[] {0}));
        LabeledImages all = Digits.load();
        assertThat(all.labels()).containsExactly(3, 9, 0);
        assertThat(all.image(2)[0]).isEqualTo(200 / 255.0); // unsigned
    }

    @Test
    void damagedFilesAreNamedWithWhatIsWrong() throws IOException {
        byte[] labels = idx(0x801, new int[] {2}, new byte[] {3, 9});
        byte[] images = idx(0x803, new int[] {2, 28, 28}, pixels(2, 1));
        assertRejected(labels, labels, "train-images-idx3-ubyte: magic number is 0x00000801, must be 0x00000803");
        assertRejected(
                Arrays.copyOf(images, images.length - 1),
                labels,
                "train-images-idx3-ubyte: truncated: 1567 bytes of data, its header promises 1568");
        assertRejected(Arrays.copyOf(images, 9), labels, "train-images-idx3-ubyte: truncated: the file ends too early");
        assertRejected(
                Arrays.copyOf(zipped(images), 40),
                labels,
                "train-images-idx3-ubyte: truncated: the file ends too early");
        assertRejected(
                Arrays.copyOf(images, images.length + 1),
                labels,
                "train-images-idx3-ubyte: trailing bytes after the 1568 of its header");
        assertRejected(
                idx(0x803, new int[] {-1, 28, 28}, new byte[0]),
                labels,
                "train-images-idx3-ubyte: sizes [-1, 0, 0], must be positive and below 2 GB in all");
        assertRejected(
                idx(0x803, new int[] {1 << 30, 28, 28}, new byte[0]), labels, "must be positive and below 2 GB in all");
        assertRejected(
                idx(0x803, new int[] {2, 14, 14}, new byte[392]),
                labels,
                "train-images-idx3-ubyte: images are 14 x 14, must be 28 x 28");
        assertRejected(
                images,
                idx(0x801, new int[] {3}, new byte[3]),
                "train-labels-idx1-ubyte: 3 labels for the 2 images of " + folder.resolve("train-images-idx3-ubyte"));
        assertRejected(
                images,
                idx(0x801, new int[] {2}, new byte[] {1, 10}),
                "train-labels-idx1-ubyte: label 10 of image 1, must be 0 to 9");
    }

    @Test
    void missingFilesAreNamed() throws IOException {
        assertThatThrownBy(Digits::load)
                .isInstanceOf(DataUnavailableException.class)
                .hasMessageStartingWith(folder + ": holds neither MNIST");
        write("train-images-idx3-ubyte", idx(0x803, new int[] {1, 28, 28}, pixels(1, 1)));
        assertThatThrownBy(Digits::load)
                .isInstanceOf(DataUnavailableException.class)
                .hasMessage(folder.resolve("train-labels-idx1-ubyte") + ": is missing");
        System.setProperty("lemmalab.data", folder.resolve("nowhere").toString());
        assertThatThrownBy(Digits::load)
                .isInstanceOf(DataUnavailableException.class)
                .hasMessage(folder.resolve("nowhere") + ": is not a folder");
    }

    private void assertRejected(byte[] images, byte[] labels, String message) throws IOException {
        write("train-images-idx3-ubyte", images);
        write("train-labels-idx1-ubyte", labels);
        assertThatThrownBy(Digits::load)
                .isInstanceOf(DataUnavailableException.class)
                .hasMessageStartingWith(folder.toString())
                .hasMessageEndingWith(message);
    }

    private void write(String name, byte[] bytes) throws IOException {
        Files.write(folder.resolve(name), bytes);
    }

    private static byte[] pixels(int images, int first) {
        byte[] bytes = new byte[images * PIXELS];
        for (int i = 0; i < images; i++) {
            bytes[i * PIXELS] = (byte) (first + i);
        }
        return bytes;
    }

    private static byte[] idx(int magic, int[] sizes, byte[] data) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeInt(magic);
        for (int size : sizes) {
            out.writeInt(size);
        }
        out.write(data);
        return bytes.toByteArray();
    }

    private static byte[] zipped(byte[] data) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(data);
        }
        return bytes.toByteArray();
    }
}
