package org.lemmalab.stats;

/** A decision that could not be supported even by the most favourable stream within its budget. */
public final class DesignException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    public DesignException(String message) {
        super(message);
    }
}
