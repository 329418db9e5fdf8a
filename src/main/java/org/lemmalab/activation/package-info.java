/** Activation functions of a network. */
@NullMarked
package org.lemmalab.activation;

import org.jspecify.annotations.NullMarked;
