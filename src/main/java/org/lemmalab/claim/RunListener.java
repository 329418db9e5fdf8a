package org.lemmalab.claim;

/** Hears that a run was interrupted, while its virtual machine shuts down; found by {@link java.util.ServiceLoader}. */
public interface RunListener {
    /** The store holds what was done. */
    void interrupted(RunStore store);
}
