/** The statistics of verdicts: anytime-valid tests, confidence sequences, decisions. Knows no network and no claim. */
@NullMarked
package org.lemmalab.stats;

import org.jspecify.annotations.NullMarked;
