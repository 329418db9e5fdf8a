/** Checks deep-learning theory by experiment. */
@NullMarked
package org.lemmalab;

import org.jspecify.annotations.NullMarked;
