/** Laws of real random variables, their Orlicz norms and tails. */
@NullMarked
package org.lemmalab.concentration;

import org.jspecify.annotations.NullMarked;
