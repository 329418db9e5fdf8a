package org.lemmalab.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Files of a report before they are in place: written to a temporary folder inside the target, then moved one by one.
 *
 * <p>Each move is atomic, so that a reader of the target never sees half a file, and an interrupted run leaves the earlier
 * report whole or partly replaced by whole files. Not thread-safe.
 */
final class Staging implements AutoCloseable {

    private static final String PREFIX = ".writing-";

    private final Path target;
    private final Path folder;
    private final Set<String> files = new LinkedHashSet<>();

    /** Creates the target if need be, and removes what a killed run left in it. */
    Staging(Path target) throws IOException {
        this.target = target;
        Files.createDirectories(target);
        try (DirectoryStream<Path> left = Files.newDirectoryStream(target, PREFIX + "*")) {
            for (Path path : left) {
                delete(path);
            }
        }
        folder = Files.createTempDirectory(target, PREFIX);
    }

    /** Writes a text file; {@code name} is relative, with slashes. */
    void write(String name, String text) throws IOException {
        Files.writeString(newFile(name), text, StandardCharsets.UTF_8);
    }

    /** Writes a file from a stream, which is closed. */
    void write(String name, InputStream content) throws IOException {
        try (content) {
            Files.copy(content, newFile(name), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** Moves all files into place in the order they were written; then the folders hold nothing else. */
    void publish(List<String> folders) throws IOException {
        for (String name : files) {
            Path place = target.resolve(name);
            Files.createDirectories(place.getParent());
            Files.move(folder.resolve(name), place, StandardCopyOption.ATOMIC_MOVE);
        }
        for (String owned : folders) {
            removeStale(owned);
        }
    }

    private void removeStale(String owned) throws IOException {
        if (!Files.isDirectory(target.resolve(owned))) {
            return;
        }
        try (DirectoryStream<Path> present = Files.newDirectoryStream(target.resolve(owned))) {
            for (Path path : present) {
                if (!files.contains(owned + "/" + path.getFileName())) {
                    delete(path);
                }
            }
        }
    }

    private Path newFile(String name) throws IOException {
        files.add(name);
        Path path = folder.resolve(name);
        Files.createDirectories(path.getParent());
        return path;
    }

    @Override
    public void close() throws IOException {
        delete(folder);
    }

    private static void delete(Path root) throws IOException {
        if (Files.notExists(root)) {
            return;
        }
        try (Stream<Path> tree = Files.walk(root)) {
            tree.sorted(Comparator.reverseOrder()).forEach(path -> {
                try {
                    Files.delete(path);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}
