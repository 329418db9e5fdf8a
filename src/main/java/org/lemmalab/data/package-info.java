/** Real data: readers, the packaged digits, and samples of two classes. */
@NullMarked
package org.lemmalab.data;

import org.jspecify.annotations.NullMarked;
