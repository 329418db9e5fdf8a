/** Tests of the report. */
@NullMarked
package org.lemmalab.report;

import org.jspecify.annotations.NullMarked;
