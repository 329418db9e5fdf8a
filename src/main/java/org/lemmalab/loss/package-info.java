/** Losses of a prediction and a label. */
@NullMarked
package org.lemmalab.loss;

import org.jspecify.annotations.NullMarked;
