package org.lemmalab.data;

import java.io.IOException;
import java.io.UncheckedIOException;

/** Thrown when data is missing or damaged. The message is one line: the file, and what is wrong with it. */
public final class DataUnavailableException extends UncheckedIOException {
    private static final long serialVersionUID = 1L;

    DataUnavailableException(String where, String what) {
        super(where + ": " + what, new IOException(what));
    }
}
