package org.lemmalab.claim;

/** An option of the run has a value that is not allowed. */
public final class InvalidSettingException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    /** One line: the option, its value, why it is refused, what is allowed. */
    public InvalidSettingException(String option, String value, String why, String allowed) {
        super("-D" + option + "=" + value + " is not allowed: " + why + "; allowed: " + allowed);
    }

    /** One line: the option, its value, what is allowed. */
    public InvalidSettingException(String option, String value, String allowed) {
        super("-D" + option + "=" + value + " is not allowed; allowed: " + allowed);
    }
}
