/** Assertions of the laboratory's own, in AssertJ's style. */
@NullMarked
package org.lemmalab.assertions;

import org.jspecify.annotations.NullMarked;
