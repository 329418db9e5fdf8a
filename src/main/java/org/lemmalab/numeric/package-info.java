/** Scalar numerics and the small tools that all mathematics packages share: argument checks, parallel blocks, decimals. */
@NullMarked
package org.lemmalab.numeric;

import org.jspecify.annotations.NullMarked;
