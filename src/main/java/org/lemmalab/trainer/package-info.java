/** Gradient descent in the forms that the papers use: on weights, on pre-activations, and linearised. */
@NullMarked
package org.lemmalab.trainer;

import org.jspecify.annotations.NullMarked;
