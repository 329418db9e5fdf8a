/** Measurements of the operations that dominate a run; see docs/performance.md. */
@NullMarked
package org.lemmalab.bench;

import org.jspecify.annotations.NullMarked;
