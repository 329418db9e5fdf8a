package org.lemmalab.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Cifar10Test {
    private static final int RECORD = 3073;

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
    void batchesAreReadInOrder() throws IOException {
        Files.write(folder.resolve("test_batch.bin"), record(7, 255));
        Files.write(folder.resolve("data_batch_2.bin"), record(1, 51));
        LabeledImages images = Cifar10.load();
        assertThat(images.source()).isEqualTo("CIFAR-10");
        assertThat(images.labels()).containsExactly(1, 7);
        assertThat(images.image(0)).hasSize(3072).containsOnly(51 / 255.0);
        assertThat(images.image(1)).containsOnly(1);
        assertThat(Images.load().source()).isEqualTo("CIFAR-10");
    }

    @Test
    void damagedAndMissingBatchesAreNamed() throws IOException {
        Path file = folder.resolve("data_batch_1.bin");
        Files.write(file, new byte[RECORD + 1]);
        assertThatThrownBy(Cifar10::load)
                .isInstanceOf(DataUnavailableException.class)
                .hasMessage(file + ": 3074 bytes, must be a multiple of the 3073 of a record");
        Files.write(file, record(10, 0));
        assertThatThrownBy(Cifar10::load)
                .isInstanceOf(DataUnavailableException.class)
                .hasMessage(file + ": label 10 of image 0, must be 0 to 9");
        System.clearProperty("lemmalab.data");
        assertThatThrownBy(Cifar10::load)
                .isInstanceOf(DataUnavailableException.class)
                .hasMessage("CIFAR-10: is not packaged; name its folder by -Ddata=...");
    }

    private static byte[] record(int label, int pixel) {
        byte[] record = new byte[RECORD];
        Arrays.fill(record, (byte) pixel);
        record[0] = (byte) label;
        return record;
    }
}
