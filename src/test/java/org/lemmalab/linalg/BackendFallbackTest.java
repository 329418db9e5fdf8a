package org.lemmalab.linalg;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class BackendFallbackTest {

    /** The classes of this project and of EJML alone, as where no native library exists. */
    @Test
    void ejmlDoesTheWorkWithoutNativeLibraries() throws Exception {
        try (URLClassLoader bare =
                new URLClassLoader(classPathWithoutNatives(), ClassLoader.getPlatformClassLoader())) {
            Class<?> linearAlgebra = bare.loadClass(LinearAlgebra.class.getName());
            Object backend = linearAlgebra.getMethod("backend").invoke(null);
            assertThat(backend.getClass().getSimpleName()).isEqualTo("EjmlBackend");
            assertThat(linearAlgebra.getMethod("fallbackReason").invoke(null).toString())
                    .contains("bytedeco");
        }
    }

    private static URL[] classPathWithoutNatives() {
        String[] entries = System.getProperty("java.class.path").split(File.pathSeparator);
        return Arrays.stream(entries)
                .filter(entry -> !entry.contains("bytedeco"))
                .map(BackendFallbackTest::url)
                .toArray(URL[]::new);
    }

    private static URL url(String entry) {
        try {
            return Path.of(entry).toUri().toURL();
        } catch (IOException e) {
            throw new IllegalArgumentException(entry, e);
        }
    }
}
