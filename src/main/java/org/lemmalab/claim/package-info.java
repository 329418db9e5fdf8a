/** The life of a claim: annotation, run, checks, falsifiers, verdicts, index, settings and the jqwik hook. */
@NullMarked
package org.lemmalab.claim;

import org.jspecify.annotations.NullMarked;
