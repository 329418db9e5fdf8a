/** The report in a browser. */
@NullMarked
package org.lemmalab.browser;

import org.jspecify.annotations.NullMarked;
