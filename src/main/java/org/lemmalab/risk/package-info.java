/** Population risks of two-layer networks, lazy and trained: exact at finite size, and their limits (G19). */
@NullMarked
package org.lemmalab.risk;

import org.jspecify.annotations.NullMarked;
