package org.lemmalab.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The folder with the user's own data: MNIST as IDX files, CIFAR-10 as binary batches, under their usual names. */
record DataFolder(Path path) {

    /**
     * The folder that the system property {@code lemmalab.data} names; empty when it is blank.
     *
     * @throws DataUnavailableException when it is no folder, or holds neither MNIST nor CIFAR-10
     */
    static Optional<DataFolder> named() {
        String name = System.getProperty("lemmalab.data", "");
        if (name.isBlank()) {
            return Optional.empty();
        }
        DataFolder folder = new DataFolder(Path.of(name));
        if (!Files.isDirectory(folder.path)) {
            throw new DataUnavailableException(name, "is not a folder");
        }
        if (folder.cifarBatches().isEmpty() && Stream.of("train", "t10k").noneMatch(part -> folder.holdsDigits(part))) {
            throw new DataUnavailableException(
                    name, "holds neither MNIST (train-images-idx3-ubyte ...) nor CIFAR-10 (data_batch_1.bin ...)");
        }
        return Optional.of(folder);
    }

    /** Whether there are images or labels of this part ({@code train} or {@code t10k}) of MNIST. */
    boolean holdsDigits(String part) {
        return find(part + "-images", "idx3-ubyte").isPresent()
                || find(part + "-labels", "idx1-ubyte").isPresent();
    }

    /** One IDX file, under any of its usual names: {@code stem-kind} or {@code stem.kind}, with or without {@code .gz}. */
    IdxFile idx(String stem, String kind, int dimensions) {
        Path file = find(stem, kind)
                .orElseThrow(() -> new DataUnavailableException(
                        path.resolve(stem + "-" + kind).toString(), "is missing"));
        return IdxFile.read(file.toString(), open(file), dimensions);
    }

    /** The binary batches of CIFAR-10 that are there, in their order. */
    List<Path> cifarBatches() {
        List<Path> batches = new ArrayList<>();
        for (String name : List.of("data_batch_1", "data_batch_2", "data_batch_3", "data_batch_4", "data_batch_5")) {
            batches.add(path.resolve(name + ".bin"));
        }
        batches.add(path.resolve("test_batch.bin"));
        batches.removeIf(file -> !Files.isRegularFile(file));
        return batches;
    }

    private Optional<Path> find(String stem, String kind) {
        return Stream.of("-", ".")
                .map(separator -> stem + separator + kind)
                .flatMap(name -> Stream.of(name, name + ".gz"))
                .map(path::resolve)
                .filter(Files::isRegularFile)
                .findFirst();
    }

    private static InputStream open(Path file) {
        try {
            return Files.newInputStream(file);
        } catch (IOException e) {
            throw new DataUnavailableException(file.toString(), "cannot be read: " + e.getMessage());
        }
    }
}
