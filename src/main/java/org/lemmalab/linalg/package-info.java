/** Dense linear algebra behind one small interface: OpenBLAS where its native library loads, EJML otherwise. */
@NullMarked
package org.lemmalab.linalg;

import org.jspecify.annotations.NullMarked;
