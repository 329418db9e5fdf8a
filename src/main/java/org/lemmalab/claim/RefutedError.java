package org.lemmalab.claim;

/** Ends the property of a claim whose verdict is not SUPPORTED. */
final class RefutedError extends AssertionError {
    private static final long serialVersionUID = 1L;

    RefutedError(String message) {
        super(message, null);
    }

    /** The stack of a verdict says nothing. */
    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
