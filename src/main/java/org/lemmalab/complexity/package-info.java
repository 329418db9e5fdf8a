/** Complexities of classes of networks. */
@NullMarked
package org.lemmalab.complexity;

import org.jspecify.annotations.NullMarked;
