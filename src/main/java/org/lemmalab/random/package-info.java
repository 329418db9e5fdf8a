/** Reproducible randomness: streams named by what they are for, and the laws that the papers draw from. */
@NullMarked
package org.lemmalab.random;

import org.jspecify.annotations.NullMarked;
