/** Gram matrices of the two-layer ReLU network: the limit of infinite width, the finite width, and what is built on them. */
@NullMarked
package org.lemmalab.kernel;

import org.jspecify.annotations.NullMarked;
