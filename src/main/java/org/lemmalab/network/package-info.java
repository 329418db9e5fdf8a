/** Two-layer networks and their random initialisation. */
@NullMarked
package org.lemmalab.network;

import org.jspecify.annotations.NullMarked;
